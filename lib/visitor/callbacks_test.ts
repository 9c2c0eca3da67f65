import { deepEqual, equal, ok } from "node:assert/strict";
import { en } from "@/lib/i18n/widget/en.ts";
import type { VisitorHappening } from "./visitor_context.ts";
import { DEFAULT_CALLBACKS } from "@/lib/model/callback.ts";
import type { WidgetContent } from "@/lib/model/widget.ts";
import type { LeaveMessage } from "@/lib/protocol/visitor/client_messages.ts";
import { everyDay } from "@/tests/support/opening_hours.ts";
import { settle, VisitorRoom } from "@/tests/support/visitor_room.ts";

const NUMBER = "+49 7031 73009";
const messages = { on: true, email: "" };
const callbacks = { ...DEFAULT_CALLBACKS, on: true, countries: ["DE"] };

const ask = (more: Partial<LeaveMessage> = {}): LeaveMessage => ({
  mt: "LeaveMessage",
  id: "m1",
  dn: "Jonas",
  reply: NUMBER,
  text: "About my order",
  callback: {},
  ...more,
});

/** A room whose widget offers callbacks, on 1 January 2030 at 00:00. */
function room(
  content: Partial<WidgetContent> = {},
  options: ConstructorParameters<typeof VisitorRoom>[0] = {},
) {
  const made = new VisitorRoom({ texts: { de: en, en }, ...options });
  made.put({
    messages,
    callbacks,
    hours: everyDay("UTC", "09:00-11:00"),
    ...content,
  });
  return made;
}

const timeOf = (seconds = 0) => new Date(seconds * 1_000).toISOString();
const at = (text: string) => Date.parse(text) / 1_000;

Deno.test("[LEFT14] only a widget that offers callbacks has their strings and stores one", async () => {
  const off = { ...callbacks, on: false };
  for (
    const content of [{ callbacks: off }, {
      messages: { on: false, email: "" },
    }]
  ) {
    using own = room(content);
    const page = await own.page();

    page.say(ask());
    const refused = await page.until("MessageRefused");

    const [session] = page.all("Session");
    equal(session?.strings.callback, undefined);
    equal(refused.error, "unavailable");
    equal(own.inbox.all.length, 0);
  }
  using own = room();
  const page = await own.page();

  page.say(ask());
  await page.until("MessageStored");

  const [session] = page.all("Session");
  equal(session?.strings.callback, en.callback);
});

Deno.test("[LEFT11] a callback is stored with its number in international form, and due as soon as it is open", async () => {
  using own = room();
  const page = await own.page();

  page.say(ask({ reply: "07031/73009" }));
  await page.until("MessageStored");
  own.clock.advance(Date.parse("2030-01-01T10:00:00Z") - own.clock.wall());
  page.say(ask({ id: "m2" }));
  await page.until("MessageStored", ({ id }) => id === "m2");

  deepEqual(
    own.inbox.all.map(({ reply, callback }) => [reply, callback]),
    [
      [NUMBER, { from: Date.parse("2030-01-01T09:00:00Z") }],
      [NUMBER, { from: Date.parse("2030-01-01T10:00:00Z") }],
    ],
  );
});

Deno.test("[V39] a callback counts as one when it is stored, in addition to its message", async () => {
  const left: Extract<VisitorHappening, { type: "left" }>[] = [];
  const happened = (happening: VisitorHappening) => {
    if (happening.type === "left") left.push(happening);
  };
  using own = room({}, { happened });
  const page = await own.page();

  page.say(ask({ reply: "07031/73009" }));
  await page.until("MessageStored");

  deepEqual(left.map(({ isCallback }) => isCallback), [true]);
});

Deno.test("[LEFT15] a page learns that the hours never open, also those of one agent only", async () => {
  const closed = room({ hours: everyDay("UTC") });
  using _ = closed;
  using open = room();
  const { agents } = open.widgets.values().next().value?.content ?? {};
  ok(agents);
  open.put({
    ...{ messages, callbacks },
    agents: agents.map((agent) => ({ ...agent, hours: everyDay("UTC") })),
  });
  using unknown = room({ hours: everyDay("Mars/Olympus") });
  const never = async (own: VisitorRoom, dest?: string) => {
    const page = await own.page();
    page.say({ mt: "GetCallbackTimes", ...dest !== undefined && { dest } });
    return (await page.until("CallbackTimes")).never;
  };

  deepEqual([await never(closed), await never(open, "columbia")], [true, true]);
  deepEqual([await never(open), await never(unknown)], [undefined, undefined]);
});

Deno.test("[LEFT11] a callback within hours that never open is a message with the number", async () => {
  using own = room({ hours: everyDay("UTC") });
  const page = await own.page();

  page.say(ask({ reply: "07031/73009" }));
  await page.until("MessageStored");
  page.say({ mt: "GetCallbackTimes" });
  const { mt: _, ...times } = await page.until("CallbackTimes");

  deepEqual(
    own.inbox.all.map(({ reply, text, callback }) => [reply, text, callback]),
    [[NUMBER, "About my order", undefined]],
  );
  deepEqual(times, { slots: [], minutes: 30, never: true });
});

Deno.test("[LEFT11] a number that nobody calls is refused with its field, and counts for no limit", async () => {
  using own = room({}, { limits: { leftPerMinute: 1 } });
  const page = await own.page();
  const wrong: [Partial<LeaveMessage>, string][] = [
    [{ reply: "jonas@example.com" }, "reply"],
    [{ reply: "112" }, "reply"],
    [{ reply: "+41 44 668 18 00" }, "country"],
    [{ reply: "0900 1234567" }, "country"],
    [{ text: " " }, "text"],
  ];

  for (const [n, [more]] of wrong.entries()) {
    page.say(ask({ ...more, id: `m${n}` }));
  }
  page.say(ask({ id: "right" }));
  await page.until("MessageStored");

  deepEqual(
    page.all("MessageRefused").map(({ error, field }) => [error, field]),
    wrong.map(([, field]) => ["bad-message", field]),
  );
});

Deno.test("[LEFT12] the page gets the free slots of the agent's hours, and a full one is refused", async () => {
  using own = room({
    callbacks: { ...callbacks, slotMinutes: 60, perSlot: 2 },
  });
  const page = await own.page();
  const slot = { at: at("2030-01-01T09:00:00Z") };

  page.say({ mt: "GetCallbackTimes" });
  const before = await page.until("CallbackTimes");
  page.say(ask({ id: "m1", callback: slot }));
  page.say(ask({ id: "m2", callback: slot }));
  page.say(ask({ id: "m3", callback: slot }));
  const full = await page.until("MessageRefused");
  page.say({ mt: "GetCallbackTimes", dest: "columbia" });
  await settle();
  const after = page.all("CallbackTimes").at(-1);

  deepEqual([before.slots.length, before.minutes], [16, 60]);
  deepEqual(before.slots.slice(0, 3).map(timeOf), [
    "2030-01-01T09:00:00.000Z",
    "2030-01-01T10:00:00.000Z",
    "2030-01-02T09:00:00.000Z",
  ]);
  equal(timeOf(before.soonAt), "2030-01-01T09:00:00.000Z");
  deepEqual([full.id, full.error, full.field], [
    "m3",
    "bad-message",
    "callback",
  ]);
  deepEqual(after?.slots, before.slots.slice(1));
  deepEqual(
    own.inbox.all.map(({ callback }) => callback?.to),
    [2, 2].map(() => Date.parse("2030-01-01T10:00:00Z")),
  );
});

Deno.test("[LEFT12] a slot that was not offered is refused, and without hours there are none", async () => {
  using own = room();
  const page = await own.page();
  const wrong = [
    "2029-12-31T09:00:00Z",
    "2030-01-01T09:10:00Z",
    "2030-01-01T11:00:00Z",
    "2030-02-01T09:00:00Z",
  ];

  for (const [n, time] of wrong.entries()) {
    page.say(ask({ id: `m${n}`, callback: { at: at(time) } }));
  }
  await page.until("MessageRefused", ({ id }) => id === "m3");

  deepEqual(
    page.all("MessageRefused").map(({ field }) => field),
    wrong.map(() => "callback"),
  );
  using open = new VisitorRoom({ texts: { de: en, en } });
  open.put({ messages, callbacks });
  const other = await open.page();
  other.say({ mt: "GetCallbackTimes" });
  const { mt: _, ...times } = await other.until("CallbackTimes");
  deepEqual(times, { slots: [], minutes: 30 });
});

Deno.test("[LEFT12] an agent's own hours count for a callback by that agent", async () => {
  using own = room();
  const { agents } = own.widgets.values().next().value?.content ?? {};
  ok(agents);
  own.put({
    agents: agents.map((agent) =>
      agent.address === "columbia"
        ? { ...agent, hours: everyDay("UTC", "20:00-21:00") }
        : agent
    ),
  });
  const page = await own.page();

  page.say({ mt: "GetCallbackTimes", dest: "columbia" });
  const { slots, soonAt } = await page.until("CallbackTimes");

  deepEqual([timeOf(slots[0]), timeOf(soonAt)], [
    "2030-01-01T20:00:00.000Z",
    "2030-01-01T20:00:00.000Z",
  ]);
});

Deno.test("[LEFT13] a number is called only so many times a day, and a page asks for times only so often", async () => {
  const counted: string[] = [];
  using own = room({}, {
    limits: { callbacksPerNumberPerDay: 2, callbackTimesPerMinute: 1 },
    counters: {
      count: (name, labels) => {
        if (name === "visitor_limited") counted.push(labels?.limit ?? "");
      },
    },
  });
  const page = await own.page();

  page.say(ask({ id: "a" }));
  page.say(ask({ id: "b", reply: "0 70 31 / 7 30 09" }));
  page.say(ask({ id: "c" }));
  page.say(ask({ id: "d", reply: "+49 7031 73008" }));
  const refused = await page.until("MessageRefused");
  await page.until("MessageStored", ({ id }) => id === "d");
  page.say({ mt: "GetCallbackTimes" });
  page.say({ mt: "GetCallbackTimes" });
  await settle();
  own.clock.advance(86_400_000);
  page.say(ask({ id: "e" }));
  await page.until("MessageStored", ({ id }) => id === "e");

  deepEqual([refused.id, refused.error, refused.retryAfter], [
    "c",
    "rate-limited",
    86_400,
  ]);
  equal(page.all("CallbackTimes").length, 1);
  deepEqual(counted, ["callbacksPerNumberPerDay", "callbackTimesPerMinute"]);
});
