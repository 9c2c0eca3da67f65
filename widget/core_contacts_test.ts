import { deepEqual, equal } from "node:assert/strict";
import { contacts, openCore, UUID } from "@/tests/support/core_page.ts";
import { replaceGlobals } from "@/tests/support/replace_globals.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import type { ContactsOwner } from "./contacts_port.ts";

// Calls, chats and cards of "./core.ts" over several connections.

const REFUSED = { mt: "Error", error: "rate-limited", text: "Too many" };

Deno.test("calls and chats are created once", () => {
  const { core, did } = openCore();
  const first = contacts(did);
  const isNone = core.contacts === undefined;

  const made = [first, contacts(did)].map((port) => core.attach(() => port));

  deepEqual([isNone, made[0] === first, made[1] === first], [true, true, true]);
  equal(core.contacts === first, true);
});

Deno.test("calls and chats learn of each connection, and whether the service knows the seat", () => {
  const { core, did, done, clock, connect, close } = openCore();
  core.attach(() => contacts(did));
  connect();
  const first = done();

  close(1006);
  const broken = done();
  clock.advance(60_000);
  connect();
  const again = done();
  close(1006);
  done();
  clock.advance(60_000);
  connect("another");

  const ofContacts = (all: string[]) =>
    all.filter((each) => /connected/.test(each));
  deepEqual([first, broken, again, did].map(ofContacts), [
    ["reconnected false"],
    ["disconnected"],
    ["reconnected true"],
    ["reconnected false"],
  ]);
});

Deno.test("a page whose call or chat is running reconnects sooner", () => {
  for (const [running, waitMs] of [[true, 94], [false, 750]] as const) {
    const { core, did, wires, clock, connect, close } = openCore();
    core.attach(() => contacts(did, { running }));
    connect();

    close(1006);
    clock.advance(waitMs - 1);
    const before = wires.length;
    clock.advance(1);

    deepEqual([before, wires.length], [1, 2]);
  }
});

Deno.test("a connection that never got ready isn't reported as lost", () => {
  const { core, did, close } = openCore();
  core.attach(() => contacts(did));
  core.dispatch({ type: "arrive" });

  close(1006);
  core.dispatch({ type: "leave" });

  deepEqual(did.filter((each) => each === "disconnected"), []);
});

Deno.test("a silent service that answers a probe is not reported as lost", () => {
  const { core, did, wires, hear, connect } = openCore();
  core.attach(() => contacts(did));
  connect();

  core.dispatch({ type: "wake" });
  const probing = core.connection.state;
  hear({ mt: "IceConfig" });

  deepEqual([probing, core.connection.state], ["probing", "ready"]);
  equal(wires[0]?.sent.at(-1)?.mt, "GetIceConfig");
  deepEqual(did.filter((each) => each === "disconnected"), []);
});

Deno.test("a session that the service sends again is no new connection", () => {
  const { core, did, done, hear, connect } = openCore();
  core.attach(() => contacts(did));
  connect();
  done();

  hear(session());

  deepEqual(did.filter((each) => /ready|connected/.test(each)), []);
});

Deno.test("a page resumes the seat of the tab's earlier page, with its call and chat", () => {
  const stored = openCore({ resume: "before" });
  stored.connect("before");
  const known = openCore();
  known.core.attach(() =>
    contacts(known.did, { resume: "seat", known: { chat: "c1", seq: 3 } })
  );
  known.connect("seat");

  equal(stored.wires[0]?.sent[0]?.["resume"], "before");
  deepEqual(known.wires[0]?.sent[0], {
    mt: "Start",
    uuid: UUID,
    v: 1,
    lang: "en",
    chat: "c1",
    seq: 3,
    resume: "seat",
  });
  deepEqual(known.did.filter((each) => /^re/.test(each)), [
    "ready",
    "reconnected true",
  ]);
});

Deno.test("calls and chats without a stored seat keep the page's", () => {
  const { core, did, wires, connect } = openCore({ resume: "before" });
  core.attach(() => contacts(did));

  connect();

  equal(wires[0]?.sent[0]?.["resume"], "before");
});

Deno.test("calls and chats get the messages that are about them, and refusals", () => {
  const { core, did, done, hear, connect } = openCore();
  using _quiet = replaceGlobals({ console: { ...console, info: () => {} } });
  core.attach(() => contacts(did));
  connect();
  done();

  hear({ mt: "ChatTyping", typing: true });
  hear(REFUSED);

  deepEqual(did, [
    'hear {"mt":"ChatTyping","typing":true}',
    "refused rate-limited",
  ]);
});

Deno.test("calls and chats reach the page and the service", () => {
  const { core, did, done, wires, connect } = openCore();
  let owner: ContactsOwner | undefined;
  core.attach((own) => {
    owner = own;
    return contacts(did);
  });
  const before = [owner?.ready(), owner?.send({ mt: "ClearCall" })];
  connect();
  done();

  owner?.changed();
  owner?.failed();
  owner?.tell({ type: "message", from: "agent", unread: 1 });
  const after = [owner?.ready(), owner?.send({ mt: "ClearCall" })];
  const told = done();
  owner?.wake();

  deepEqual([before, after], [[false, false], [true, true]]);
  deepEqual(told, ["change", "failed", "message"]);
  equal(core.connection.state, "probing");
  equal(owner?.roster() === core.roster, true);
  deepEqual(wires[0]?.sent.slice(1).map(({ mt }) => mt), [
    "ClearCall",
    "GetIceConfig",
  ]);
});

Deno.test("the page is drawn again when the connection changes, not each time something is heard", () => {
  const { core, clock, did, done, hear, connect, close } = openCore();
  connect();
  clock.advance(10_000);
  done();

  hear({ mt: "ChatTyping", typing: true });
  const heard = done();
  hear(info({ id: "ada" }));
  const card = done();
  hear({ mt: "Picture", id: "ada", url: "" });
  const picture = done();
  close(1006);

  deepEqual([heard, card, picture], [[], ["presence", "change"], ["change"]]);
  deepEqual(did, ["change"]);
  equal(core.connection.state, "waiting");
});

Deno.test("the first cards are drawn together", () => {
  const { clock, done, did, hear, connect } = openCore();
  connect();
  done();

  hear(info({ id: "ada" }));
  hear(info({ id: "bob" }));
  const early = done();
  clock.advance(10_000);

  deepEqual(early, []);
  deepEqual(did, ["presence", "presence", "change"]);
});

Deno.test("a picture is requested only while connected, and again on a new connection", () => {
  const { core, clock, wires, hear, connect, close } = openCore();
  connect();
  hear(info({ id: "ada", picture: "p1" }));
  clock.advance(10_000);
  core.see("ada");
  close(1006);

  core.see("ada");
  clock.advance(60_000);
  connect();
  hear(info({ id: "ada", picture: "p1" }));
  clock.advance(10_000);
  core.see("ada");

  const asked = wires.map(({ sent }) =>
    sent.filter(({ mt }) => mt === "GetPicture").length
  );
  deepEqual([asked[0], asked.at(-1)], [1, 1]);
});

Deno.test("the service is reached again after the time that it asked for, and sooner the next time", () => {
  const { core, clock, wires, hear, close } = openCore();
  using _quiet = replaceGlobals({ console: { ...console, info: () => {} } });
  core.dispatch({ type: "arrive" });
  hear({ ...REFUSED, retryAfter: 120 });
  close(1006);

  clock.advance(119_999);
  const early = wires.length;
  clock.advance(1);
  const onTime = wires.length;
  close(1006);
  clock.advance(2_000);

  deepEqual([early, onTime, wires.length], [1, 2, 3]);
});

Deno.test("a refusal without a time delays nothing", () => {
  const { core, clock, wires, hear, close } = openCore();
  using _quiet = replaceGlobals({ console: { ...console, info: () => {} } });
  core.dispatch({ type: "arrive" });
  hear(REFUSED);
  close(1006);

  clock.advance(750);

  equal(wires.length, 2);
});

Deno.test("a widget that has left does nothing more", () => {
  const { core, clock, did, done, wires, hear, connect } = openCore();
  core.attach(() => contacts(did));
  connect();
  hear(info({ id: "ada" }));
  done();

  core.dispose();
  const left = done();
  clock.advance(120_000);
  wires[0]?.events.heard(JSON.stringify(info({ id: "bob" })));

  deepEqual(left, ["dispose", "close", "disconnected", "change"]);
  deepEqual([did, wires.length, clock.pending], [[], 1, 0]);
});
