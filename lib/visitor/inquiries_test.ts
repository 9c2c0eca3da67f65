import { deepEqual, equal, match, ok } from "node:assert/strict";
import { en } from "@/lib/i18n/widget/en.ts";
import type { LeaveMessage } from "@/lib/protocol/visitor/client_messages.ts";
import { solve } from "@/tests/support/solve.ts";
import { settle, UUID, VisitorRoom } from "@/tests/support/visitor_room.ts";
import { consentVersion } from "./consent.ts";

const messages = { on: true, email: "" };

const leave = (more: Partial<LeaveMessage> = {}): LeaveMessage => ({
  mt: "LeaveMessage",
  id: "m1",
  dest: "columbia",
  dn: "Jonas",
  reply: "jonas@example.com",
  text: "Please call me",
  ...more,
});

/** A room whose widget takes messages. */
function room(options: ConstructorParameters<typeof VisitorRoom>[0] = {}) {
  const made = new VisitorRoom({ texts: { de: en, en }, ...options });
  made.put({ messages });
  return made;
}

Deno.test("[LEFT1] only a widget that takes messages has the strings of the form and stores a message", async () => {
  using off = new VisitorRoom({ texts: { de: en, en } });
  off.put({ messages: { on: false, email: "" } });
  using on = room();
  const [one, other] = [await off.page(), await on.page()];

  one.say(leave());
  other.say(leave());
  const refused = await one.until("MessageRefused");
  const stored = await other.until("MessageStored");

  const isThere = [one, other].map((page) =>
    page.all("Session").map(({ strings }) => strings.leaveMessage)
  );
  deepEqual(isThere, [[undefined], [en.leaveMessage]]);
  deepEqual(refused, {
    mt: "MessageRefused",
    id: "m1",
    error: "unavailable",
  });
  equal(stored.id, "m1");
  deepEqual([off.inbox.all.length, on.inbox.all.length], [0, 1]);
});

Deno.test("[V54] a blocked visitor has no form for messages, and is refused as by a widget that takes none", async () => {
  const mark = { marks: { visit: "v", network: "00" } };
  const blocked = [mark];
  using own = room({
    blocks: {
      store: {
        list: () => Promise.resolve([...blocked]),
        remember: () => Promise.resolve(),
      },
      sign: () => Promise.resolve(new Uint8Array(1)),
    },
  });
  const change = async () => {
    own.hub.tell("blocks-changed", { block: "b" });
    await settle();
  };
  const page = await own.page();
  const form = () => page.all("Session").at(-1)?.strings.leaveMessage;

  const first = form();
  page.say(leave());
  const refused = await page.until("MessageRefused");
  blocked.length = 0;
  await change();
  const free = form();
  blocked.push(mark);
  await change();

  deepEqual([first, free, form()], [undefined, en.leaveMessage, undefined]);
  deepEqual(refused, { mt: "MessageRefused", id: "m1", error: "unavailable" });
  equal(own.inbox.all.length, 0);
});

Deno.test("[LEFT2] a repeated message is stored once and gets the same number, on any socket", async () => {
  using own = room();
  const [first, second] = [await own.page(), await own.page()];

  first.say(leave());
  first.say(leave());
  first.drop();
  second.say(leave());
  const { number } = await second.until("MessageStored");
  await settle();
  second.say(leave({ text: "Something else" }));
  await settle();

  match(number, /^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
  deepEqual(second.all("MessageStored").map(({ number }) => number), [
    number,
    number,
  ]);
  deepEqual(own.inbox.all.map(({ text, number }) => [text, number]), [
    ["Please call me", number],
  ]);
});

Deno.test("[LEFT3] a message without a usable address or text is refused with its field, and the socket stays open", async () => {
  using own = room();
  const page = await own.page();
  const wrong: [Partial<LeaveMessage>, string][] = [
    [{ reply: "" }, "reply"],
    [{ reply: "call me" }, "reply"],
    [{ reply: "a@example.com\nBcc: b@example.com" }, "reply"],
    [{ text: " \n " }, "text"],
  ];

  for (const [n, [more]] of wrong.entries()) {
    page.say(leave({ ...more, id: `m${n}` }));
  }
  await page.until("MessageRefused", ({ id }) => id === "m3");
  page.say(leave({ reply: "+49 7031 73009" }));
  await page.until("MessageStored");

  deepEqual(
    page.all("MessageRefused").map(({ error, field }) => [error, field]),
    wrong.map(([, field]) => ["bad-message", field]),
  );
  deepEqual(page.all("Error"), []);
  equal(page.isClosed, false);
});

Deno.test("[LEFT4] a message needs consent to the current text of its widget", async () => {
  using own = room();
  own.put({ consent: "We store your message." });
  const version = consentVersion("We store your message.") ?? "";
  const page = await own.page();

  page.say(leave());
  page.say(leave({ id: "m2", consent: "0".repeat(16) }));
  page.say(leave({ id: "m3", consent: version }));
  await page.until("MessageStored");

  deepEqual(
    page.all("MessageRefused").map(({ mt: _, ...rest }) => rest),
    ["m1", "m2"].map((id) => ({
      id,
      error: "consent-outdated",
      consent: version,
    })),
  );
  deepEqual(own.inbox.all.map(({ consent }) => consent), [version]);
});

Deno.test("[LEFT5] a socket, an address and a widget can leave only so many messages", async () => {
  const counted: string[] = [];
  using own = room({
    limits: {
      leftPerMinute: 2,
      leftPerAddressPerHour: 3,
      leftPerWidgetPerHour: 4,
    },
    counters: {
      count: (name, labels) => {
        if (name === "visitor_limited") counted.push(labels?.limit ?? "");
      },
    },
  });
  const say = async (address: string, ...ids: string[]) => {
    const page = await own.page({}, { address });
    for (const id of ids) page.say(leave({ id }));
    await settle();
    return page.all("MessageRefused");
  };

  const [ofSocket] = await say("192.0.2.1", "a", "b", "c");
  const [ofAddress] = await say("192.0.2.1", "d", "e");
  const [ofWidget] = await say("192.0.2.2", "f", "g");
  const repeated = await say("192.0.2.2", "a");
  own.clock.advance(3_600_000);
  const later = await say("192.0.2.1", "h");

  const waits = [ofSocket, ofAddress, ofWidget].map((refused) => [
    refused?.id,
    refused?.error,
    refused?.retryAfter,
  ]);
  deepEqual(waits, [
    ["c", "rate-limited", 60],
    ["e", "rate-limited", 3_600],
    ["g", "rate-limited", 3_600],
  ]);
  deepEqual([repeated, later], [[], []]);
  deepEqual(counted, [
    "leftPerMinute",
    "leftPerAddressPerHour",
    "leftPerWidgetPerHour",
  ]);
});

Deno.test("[LEFT6] a message waits for its own proof of work", async () => {
  using own = room({ limits: { proofBits: 3, proofWithinMs: 60_000 } });
  own.put({ protection: "proofOfWork" });
  const page = await own.page();

  page.say(leave());
  const [challenge] = page.all("Challenge");
  const before = own.inbox.all.length;
  ok(challenge);
  page.say(solve(challenge));
  await page.until("MessageStored");
  page.say(leave({ id: "m2" }));
  own.clock.advance(60_000);
  const late = await page.until("MessageRefused");

  equal(before, 0);
  deepEqual([late.id, late.error], ["m2", "proof-required"]);
  equal(own.inbox.all.length, 1);
});

Deno.test("[LEFT7] a message to an agent who was removed is for nobody in particular", async () => {
  using own = room();
  const page = await own.page();

  page.say(leave({ dest: "stranger" }));
  page.say({ ...leave({ id: "m2" }), dest: "columbia" });
  await page.until("MessageStored", ({ id }) => id === "m2");

  deepEqual(own.inbox.all.map(({ address }) => address), ["", "columbia"]);
});

Deno.test("[LEFT8] if the store fails, the message is refused for now, and stored by the next try", async () => {
  using own = room();
  const page = await own.page();
  own.inbox.before = () => Promise.reject(new Error("disk full"));

  page.say(leave());
  const refused = await page.until("MessageRefused");
  own.inbox.before = () => Promise.resolve();
  page.say(leave());
  await page.until("MessageStored");

  deepEqual([refused.error, refused.retryAfter], ["unavailable", 10]);
  equal(own.inbox.all.length, 1);
});

Deno.test("[LEFT9] a message has what agents need, without hidden characters and without the page unless the widget shows it", async () => {
  using own = room();
  const page = await own.page({ lang: "en" });
  const visited = {
    url: "https://example.com/shop?token=secret",
    title: "Shop",
    referrer: "",
  };
  const said = leave({
    dn: "Jo\u202enas",
    text: " Hello\u2066\r\nthere ",
    page: visited,
  });

  page.say(said);
  await page.until("MessageStored");
  own.put({ sendPage: false, visitorName: "Customer" });
  await settle();
  page.say({ ...said, id: "m2" });
  await page.until("MessageStored", ({ id }) => id === "m2");

  const [first, second] = own.inbox.all;
  deepEqual(
    [first?.name, first?.text, first?.widget],
    ["Jonas", "Hello\nthere", UUID],
  );
  deepEqual(first?.page, { url: "https://example.com/shop", title: "Shop" });
  deepEqual([second?.name, second?.page], ["Customer", undefined]);
});

Deno.test("[MAIL4] a message goes to the address of its widget or agent, and never to one that a visitor has typed", async () => {
  using own = room();
  const page = await own.page();
  const say = async (id: string, dest: string) => {
    page.say(leave({ id, dest }));
    await page.until("MessageStored", (stored) => stored.id === id);
  };

  await say("to an agent with an address", "atlantis");
  await say("to one without", "columbia");
  own.put({ messages: { on: true, email: "shop@example.com" } });
  await settle();
  await say("to the company", "columbia");

  deepEqual(own.inbox.to, ["a@example.com", "", "shop@example.com"]);
});
