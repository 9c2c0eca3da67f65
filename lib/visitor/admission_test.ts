import { deepEqual, equal, match } from "node:assert/strict";
import type { FakePage } from "@/tests/support/fake_page.ts";
import { settle, START, VisitorRoom } from "@/tests/support/visitor_room.ts";

/** The Error that a page heard last, and the code it was closed with. */
function refusal(page: FakePage): unknown[] {
  const last = page.all("Error").at(-1);
  const wait = last?.retryAfter === undefined ? [] : [last.retryAfter];
  return [last?.error, page.closedWith, ...wait];
}

Deno.test("[V15] a page of another site is rejected, one of the service isn't", async () => {
  using room = new VisitorRoom();
  room.put({ sites: ["https://*.example.com"] });
  const start = (origin: string | null) => {
    const page = room.open({ origin, host: "127.0.0.1:8000" });
    page.say(START);
    return page;
  };

  const own = start("http://127.0.0.1:8000");
  const allowed = start("https://www.example.com");
  const strange = start("https://example.org");
  const program = start(null);
  await settle();

  deepEqual([own, allowed].map(({ closedWith }) => closedWith), [
    undefined,
    undefined,
  ]);
  for (const page of [strange, program]) {
    deepEqual(refusal(page), ["origin-refused", 4403]);
    deepEqual(page.all("Session"), []);
  }
});

Deno.test("[V18] sockets that don't send Start in time are closed, with one timer for all", () => {
  using room = new VisitorRoom({ limits: { startWithinMs: 15_000 } });
  const first = room.open();
  room.clock.advance(5_000);
  const others = [room.open(), room.open(), room.open()];
  const timers = room.clock.pending;

  room.clock.advance(10_000);
  const late = [first, ...others].map(({ closedWith }) => closedWith);
  room.clock.advance(5_000);

  equal(timers, 1);
  deepEqual(late, [4408, undefined, undefined, undefined]);
  for (const page of others) deepEqual(refusal(page), ["bad-message", 4408]);
  match(first.all("Error").at(-1)?.text ?? "", /Start must come within 15 s$/);
});

Deno.test("[V19] a socket that sends too much in a window is closed", async () => {
  using room = new VisitorRoom({
    limits: { messagesPerWindow: 3, windowMs: 10_000 },
  });
  const page = await room.page();
  const ask = () => page.say({ mt: "GetIceConfig" });

  ask();
  ask();
  room.clock.advance(10_000);
  ask();
  ask();
  ask();
  const before = page.closedWith;
  room.clock.advance(4_000);
  ask();
  ask();

  equal(before, undefined);
  deepEqual(refusal(page), ["rate-limited", 4429, 6]);
  equal(page.all("IceConfig").length, 5);
});

Deno.test("[V20] an address with too many sockets or Starts is rejected, others aren't", async () => {
  using room = new VisitorRoom({
    limits: { socketsPerAddress: 2, startsPerAddressPerMinute: 1 },
  });
  const [first, second, third] = [room.open(), room.open(), room.open()];
  const other = room.open({ address: "198.51.100.7" });
  const beforeStart = [first, second, third].map((page) => page?.closedWith);

  for (const page of [first, second, third, other]) page?.say(START);
  await settle();
  first?.drop();
  const next = room.open();

  deepEqual(beforeStart, [undefined, undefined, 4429]);
  deepEqual(refusal(first as FakePage), [undefined, undefined]);
  deepEqual(refusal(second as FakePage), ["rate-limited", 4429, 60]);
  deepEqual(refusal(third as FakePage), ["rate-limited", 4429, 60]);
  equal(other.all("Session").length, 1);
  equal(next.closedWith, undefined);
});

Deno.test("[V21] a page that doesn't read is closed, and its chat is kept", async () => {
  using room = new VisitorRoom({ limits: { unsentBytes: 1_000 } });
  const page = await room.page();
  page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });
  const [chat] = room.agents.chats.all;

  page.bufferedAmount = 1_000;
  chat?.emit({ type: "joined" });
  const before = page.closedWith;
  page.bufferedAmount = 1_001;
  chat?.emit({ type: "message", id: "1", text: "Hello" });
  const frames = page.frames.length;
  chat?.emit({ type: "message", id: "2", text: "Hello?" });

  deepEqual([before, page.closedWith], [undefined, 1013]);
  equal(page.frames.length, frames);
  equal(chat?.over, false);
});

Deno.test("[V22] pages are turned away while the store fails", async () => {
  let fails = true;
  using room: VisitorRoom = new VisitorRoom({
    widgets: (uuid) =>
      fails
        ? Promise.reject(new Error("disk"))
        : Promise.resolve(room.widgets.get(uuid)),
  });
  const early = room.open();
  early.say(START);
  await settle();

  fails = false;
  const page = await room.page();
  fails = true;
  room.put({ name: "Saved" });
  await settle();
  const shown = page.all("Session").length;
  fails = false;
  room.clock.advance(1_000);
  await page.until("Session", ({ name }) => name === "Saved");

  deepEqual(refusal(early), ["unavailable", 1013]);
  equal(shown, 1);
  equal(page.closedWith, undefined);
});

Deno.test("[V23] a draining service lets calls and chats finish for a limited time", async () => {
  using room = new VisitorRoom();
  const [idle, brief, long] = [
    await room.page(),
    await room.page(),
    await room.page(),
  ];
  for (const page of [brief, long]) {
    page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });
  }
  const silent = room.open();
  let isDone = false;

  const drained = room.bank.drain(60_000).then(() => isDone = true);
  const late = room.open();
  brief.say({ mt: "CreateCall", dest: "columbia", dn: "Ada" });
  brief.say({ mt: "ClearChat" });
  room.clock.advance(59_000);
  await settle();
  const before = [idle, brief, long, silent, late].map((p) => p.closedWith);
  const doneBefore = isDone;
  room.clock.advance(1_000);
  await drained;

  deepEqual(before, [1012, 1012, undefined, 1012, 1012]);
  deepEqual(refusal(brief), ["unavailable", 1012]);
  deepEqual([doneBefore, isDone], [false, true]);
});

Deno.test("[V23] a bank without calls and chats is drained immediately", async () => {
  using room = new VisitorRoom();
  await room.page();

  await room.bank.drain(60_000);

  await settle();
  equal(room.bank.size, 0);
});

Deno.test("[V32] an exception closes only the socket it occurred on", async () => {
  using room = new VisitorRoom();
  room.agents.openChat = () => {
    throw new Error("a mistake");
  };
  const page = await room.page();
  const other = await room.page();

  page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });
  await settle();
  other.say({ mt: "GetIceConfig" });

  deepEqual([page.closedWith, other.closedWith], [1011, undefined]);
  equal(other.all("IceConfig").length, 1);
  equal(room.bank.size, 1);
});

Deno.test("[V23] a stopping service ends running contacts and reports it", async () => {
  const room = new VisitorRoom();
  const page = await room.page();
  const silent = room.open();
  page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });

  room.bank[Symbol.dispose]();
  const late = room.open();
  await room.bridge.settled();

  deepEqual(page.heard.all.at(-1), {
    mt: "ChatInfo",
    state: "terminated",
    cause: 41,
  });
  deepEqual([page, silent, late].map(({ closedWith }) => closedWith), [
    1012,
    1012,
    1012,
  ]);
  deepEqual(room.records.map(({ cause }) => cause), [41]);
  const watched = Object.values(room.directory.presences());
  deepEqual([room.clock.pending, ...new Set(watched)], [0, 0]);
});
