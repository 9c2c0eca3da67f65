import { deepEqual, equal } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import type { ChatEntry, RunningChat } from "@/lib/model/running_chat.ts";
import { chatOf } from "@/tests/support/any_chat.ts";
import { chatOver, TestBridge } from "@/tests/support/bridge.ts";
import { type Chance, property } from "@/tests/support/chance.ts";
import { FakeAgents, type FakeChat } from "@/tests/support/fake_agents.ts";
import { fakeChatStore } from "@/tests/support/fake_chat_store.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { Bridge } from "./bridge.ts";
import type { VisitorMessage } from "./ports.ts";

const MINUTE = 60_000;
const IDLE = { idle: { warnMs: 10 * MINUTE, endMs: 15 * MINUTE } };
const WARNED: VisitorMessage = { mt: "ChatIdle", seconds: 300 };

function idles(chat: FakeChat): (number | undefined)[] {
  return chat.commands.all.flatMap((command) =>
    command.type === "idle" ? [command.leftMs] : []
  );
}

Deno.test("[CHAT26] a chat in which nobody writes is warned after 10 minutes and ends after 15, with cause 31", () => {
  const bridge = new TestBridge();
  const chat = bridge.join(IDLE);
  bridge.page.message("v1", "Hello");
  bridge.look();

  bridge.clock.advance(10 * MINUTE - 1);
  deepEqual(bridge.look(), []);
  bridge.clock.advance(1);
  deepEqual([bridge.look(), idles(chat)], [[WARNED], [5 * MINUTE]]);
  bridge.clock.advance(5 * MINUTE - 1);
  deepEqual([bridge.look(), chat.over], [[], false]);
  bridge.clock.advance(1);

  deepEqual(bridge.look(), [chatOver(CAUSE.idle)]);
  deepEqual(chat.commands.all.at(-1), { type: "close", cause: CAUSE.idle });
  deepEqual(
    bridge.records.map(({ cause, answeredAt, startedAt, endedAt }) => [
      cause,
      answeredAt === startedAt,
      endedAt - startedAt,
    ]),
    [[31, true, 15 * MINUTE]],
  );
});

Deno.test("[CHAT26] a chat of a widget that never ends idle chats stays open, and so does one that no agent has joined", () => {
  const bridge = new TestBridge({ joinWithinMs: 60 * MINUTE });
  const never = bridge.join();
  bridge.clock.advance(24 * 60 * MINUTE);
  deepEqual([bridge.look(), never.over], [[], false]);
  bridge.page.clearChat();
  bridge.look();

  bridge.openChat(IDLE);
  bridge.clock.advance(59 * MINUTE);

  deepEqual(bridge.look(), []);
});

const ACTIVITIES: Record<string, (bridge: TestBridge, chat: FakeChat) => void> =
  {
    "a message of the visitor": ({ page }) => page.message("v9", "Still here"),
    "a message of the agent": (_, chat) =>
      chat.emit({ type: "message", id: "a9", text: "One moment" }),
    "typing of the visitor": ({ page }) => page.typing(true),
    "typing of the agent": (_, chat) =>
      chat.emit({ type: "typing", typing: true }),
    "the visitor's click": ({ page }) => page.keep(),
    "the agent's click": (_, chat) => chat.emit({ type: "keep" }),
  };

for (const [name, act] of Object.entries(ACTIVITIES)) {
  Deno.test(`[CHAT27] ${name} delays the warning, and withdraws it`, () => {
    const bridge = new TestBridge();
    const chat = bridge.join(IDLE);
    bridge.clock.advance(9 * MINUTE);
    act(bridge, chat);
    bridge.clock.advance(9 * MINUTE);
    deepEqual(idles(chat), []);
    bridge.clock.advance(MINUTE);
    deepEqual(idles(chat), [5 * MINUTE]);
    bridge.clock.advance(4 * MINUTE);
    bridge.look();

    chat.emit({ type: "typing", typing: false });
    act(bridge, chat);

    deepEqual(idles(chat), [5 * MINUTE, undefined]);
    equal(bridge.look().filter(({ mt }) => mt === "ChatIdle").length, 1);
    bridge.clock.advance(10 * MINUTE);
    deepEqual(idles(chat), [5 * MINUTE, undefined, 5 * MINUTE]);
    equal(chat.over, false);
  });
}

Deno.test("[CHAT27] a chat is not idle during a call of its visitor, and the time counts from the end of the call", () => {
  const bridge = new TestBridge();
  const chat = bridge.join(IDLE);
  const call = bridge.connect();
  bridge.clock.advance(65 * MINUTE);
  deepEqual([idles(chat), chat.over], [[], false]);

  call.end(CAUSE.normal);
  bridge.clock.advance(10 * MINUTE - 1);
  deepEqual(idles(chat), []);
  bridge.clock.advance(1);

  deepEqual(idles(chat), [5 * MINUTE]);
});

Deno.test("[CHAT26] a page that reconnects is warned again, with the time that is left", () => {
  const bridge = new TestBridge();
  bridge.join(IDLE);
  bridge.clock.advance(12 * MINUTE);
  bridge.look();

  bridge.page.away();
  bridge.page.back(0);

  deepEqual(bridge.look().at(-1), { mt: "ChatIdle", seconds: 180 });
});

Deno.test("[CHAT28] after a restart an idle chat is warned and ends as if there had been none", async () => {
  const room = await restarted(IDLE, [entryAt(4 * MINUTE)], 6 * MINUTE);

  room.clock.advance(8 * MINUTE - 1);
  deepEqual(idlesOf(room), [undefined]);
  room.clock.advance(1);
  deepEqual(idlesOf(room), [undefined, 5 * MINUTE]);
  room.clock.advance(5 * MINUTE);
  await room.bridge.settled();

  deepEqual(room.told.at(-1), chatOver(31));
});

Deno.test("[CHAT28] a warning survives a restart, and a chat whose time has passed meanwhile has another minute", async () => {
  const warned = { ...IDLE, activeAt: 2, endsAt: 15 * MINUTE };
  const early = await restarted(warned, [], 12 * MINUTE);
  const late = await restarted(warned, [], 20 * MINUTE);

  deepEqual([idlesOf(early), idlesOf(late)], [[3 * MINUTE], [MINUTE]]);
  late.clock.advance(MINUTE - 1);
  equal(late.told.length, 0);
  late.clock.advance(1);
  await late.bridge.settled();
  deepEqual(late.told, [chatOver(31)]);
});

Deno.test("[CHAT28] a warning from an instance whose clock was ahead ends in time", async () => {
  const endsAt = 365 * 24 * 60 * MINUTE;
  const room = await restarted(
    { ...IDLE, activeAt: endsAt, endsAt },
    [],
    MINUTE,
  );

  deepEqual(idlesOf(room), [5 * MINUTE]);
  room.clock.advance(5 * MINUTE);
  await room.bridge.settled();
  deepEqual(room.told, [chatOver(31)]);
});

Deno.test("[CHAT28] a chat that an earlier version has stored does not end for being idle", async () => {
  const room = await restarted({}, [], 20 * MINUTE);

  room.clock.advance(24 * 60 * MINUTE);

  deepEqual([idlesOf(room), room.told], [[], []]);
});

Deno.test("[CHAT26] a chat ends for being idle exactly 15 minutes after the last activity, after any events", () => {
  property(100, (chance) => {
    const bridge = new TestBridge();
    const chat = bridge.join(IDLE);
    for (let n = 0; n < 30; n++) {
      bridge.clock.advance(chance.below(15 * MINUTE));
      equal(chat.over, false);
      pick(chance)(bridge, chat, n);
    }

    bridge.clock.advance(10 * MINUTE);
    equal(idles(chat).at(-1), 5 * MINUTE);
    bridge.clock.advance(5 * MINUTE - 1);
    equal(chat.over, false);
    bridge.clock.advance(1);
    equal(bridge.records[0]?.cause, CAUSE.idle);
  });
});

function pick(
  chance: Chance,
): (bridge: TestBridge, chat: FakeChat, n: number) => void {
  switch (chance.below(4)) {
    case 0:
      return ({ page }, _, n) => page.message(`v${n}`, "text");
    case 1:
      return (_, chat, n) =>
        chat.emit({ type: "message", id: `a${n}`, text: "text" });
    case 2:
      return ({ page }) => page.typing(true);
    default:
      return (_, chat) => chat.emit({ type: "keep" });
  }
}

function entryAt(time: number): ChatEntry {
  return { seq: 1, from: "visitor", id: "v1", text: "Hello", time };
}

/** A process that starts at `now`, and finds one chat. */
async function restarted(
  kept: Partial<RunningChat>,
  entries: ChatEntry[],
  now: number,
) {
  const clock = new FakeClock(now);
  const agents = new FakeAgents(
    { address: "otto", name: "Otto", email: "" },
  );
  const chat = { ...chatOf("c1"), ...kept };
  const bridge = new Bridge({
    ...{ agents, clock },
    records: { add: () => Promise.resolve() },
    chatStore: fakeChatStore(undefined, [{ chat, entries }]),
  });
  const told: VisitorMessage[] = [];
  for (const lost of await bridge.lost()) {
    lost.resume({ tell: (one) => void told.push(one) });
  }
  return { bridge, clock, agents, told };
}

function idlesOf({ agents }: { agents: FakeAgents }) {
  return idles(agents.chats.all[0]!);
}
