import { deepEqual, equal } from "node:assert/strict";
import { CAUSE, HANDED_OVER } from "@/lib/base/causes.ts";
import { OFFERS_MAX } from "@/lib/model/handover.ts";
import type { RunningChat } from "@/lib/model/running_chat.ts";
import { ADA, chatOver, TestBridge } from "@/tests/support/bridge.ts";
import { type Chance, property } from "@/tests/support/chance.ts";
import { FakeAgents, type FakeChat } from "@/tests/support/fake_agents.ts";
import { fakeChatStore } from "@/tests/support/fake_chat_store.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { settle } from "@/tests/support/visitor_room.ts";
import { Bridge } from "./bridge.ts";

const BOB = { address: "bob", name: "Bob", email: "" };
const CAROL = { address: "carol", name: "Carol", email: "" };

const TO_BOB = {
  ...{ type: "hand-over", to: "bob", name: "Otto", note: "VIP" } as const,
};

/** A joined chat, and the leg of Bob who is asked to take it. */
function offered() {
  const bridge = new TestBridge();
  bridge.agents.add(BOB);
  bridge.agents.add(CAROL);
  const first = bridge.join();
  bridge.page.message("v1", "one");
  first.emit({ type: "message", id: "a1", text: "two" });
  first.emit(TO_BOB);
  const other = bridge.chats.at(-1);
  if (other === undefined) throw new Error("Cannot find the offer");
  bridge.look();
  return { bridge, first, other };
}

function textsOf({ chat }: FakeChat): string[] {
  return chat.log.since(0).map(({ text }) => text);
}

Deno.test("[CHAT29] an agent who accepts a chat has it, the previous one has not, and the visitor sees the name", () => {
  const { bridge, first, other } = offered();
  deepEqual(other.chat.offeredBy, { name: "Otto", note: "VIP" });
  deepEqual(textsOf(other), ["one", "two"]);

  other.emit({ type: "alerting" });
  bridge.page.message("v2", "three");
  deepEqual(textsOf(other), ["one", "two", "three"]);
  bridge.look();
  other.emit({ type: "joined", name: "Bob" });

  deepEqual(bridge.look(), [
    { mt: "ChatTyping", typing: false },
    { mt: "ChatInfo", state: "connected", dn: "Bob" },
  ]);
  deepEqual(first.commands.all.at(-1), {
    type: "close",
    cause: HANDED_OVER,
  });
  first.emit({ type: "message", id: "a2", text: "too late" });
  other.emit({ type: "message", id: "b1", text: "Hello, Bob here" });
  bridge.page.message("v3", "Hello");
  deepEqual(textsOf(other).slice(3), ["Hello, Bob here", "Hello"]);
  equal(other.chat.log.since(3)[0]?.leg, other.chat.id);
});

Deno.test("[CHAT30] the record of a chat names each agent who had it", () => {
  const { bridge, other } = offered();
  bridge.clock.advance(5_000);
  other.emit({ type: "joined", name: "Bob" });
  bridge.clock.advance(5_000);
  other.end(CAUSE.normal);

  deepEqual(bridge.look().at(-1), chatOver(CAUSE.normal));
  const [record] = bridge.records;
  const { startedAt = NaN } = record ?? {};
  const at = startedAt + 5_000;
  equal(record?.address, "atlantis");
  deepEqual(record?.handovers, [{ at, from: "atlantis", to: "bob" }]);
  deepEqual(
    [record?.answeredAt, record?.endedAt],
    [startedAt, startedAt + 10_000],
  );
});

Deno.test("[CHAT29] a chat that the other agent declines, or does not accept within 20 s, stays", () => {
  const declined = offered();
  declined.other.end(CAUSE.rejected);
  const late = offered();
  late.bridge.clock.advance(19_999);
  equal(late.other.over, false);
  late.bridge.clock.advance(1);
  const withdrawn = offered();
  withdrawn.first.emit({ type: "withdraw" });

  for (
    const [{ bridge, first, other }, cause] of [
      [declined, CAUSE.rejected],
      [late, CAUSE.noAnswer],
      [withdrawn, CAUSE.normal],
    ] as const
  ) {
    deepEqual(first.commands.all.at(-1), { type: "not-taken", cause });
    equal(other.over, true);
    other.emit({ type: "joined", name: "Bob" });
    first.emit({ type: "message", id: "a2", text: "still here" });
    deepEqual(bridge.look().map(({ mt }) => mt), ["ChatMessage"]);
  }
});

Deno.test("[CHAT29] an agent who is not there, and the agent themself, cannot be asked", () => {
  const { bridge, first } = offered();
  first.emit({ type: "withdraw" });
  const count = bridge.chats.length;

  first.emit({ ...TO_BOB, to: "ATLANTIS" });

  equal(bridge.chats.length, count);
  deepEqual(first.commands.all.at(-1), {
    type: "not-taken",
    cause: CAUSE.unallocated,
  });
});

Deno.test("[CHAT29] an offer ends with the chat, and a chat is offered at most 50 times", () => {
  const { bridge, first, other } = offered();
  bridge.page.clearChat();
  equal(other.over, true);
  equal(first.over, true);
  equal(bridge.records.length, 1);

  const again = offered();
  for (let n = 1; n < OFFERS_MAX; n++) {
    again.first.emit({ type: "withdraw" });
    again.first.emit(TO_BOB);
  }
  again.first.emit({ type: "withdraw" });
  const count = again.bridge.chats.length;
  again.first.emit(TO_BOB);

  equal(again.bridge.chats.length, count);
});

Deno.test("[CHAT31] the leg of a team's agent who has handed the chat over is known until it ends", async () => {
  const agents = new FakeAgents(BOB, { ...BOB, address: "team" });
  const stored: (RunningChat | undefined)[] = [];
  const clock = new FakeClock();
  const bridge = new Bridge({
    ...{ agents, clock },
    records: { add: () => Promise.resolve() },
    chatStore: fakeChatStore((changes) => {
      stored.push(
        ...changes.map((one) => "chat" in one ? one.chat : undefined),
      );
      return Promise.resolve([]);
    }),
  });
  const contacts = bridge.contacts({ tell: () => {} }, "seat");
  const id = contacts.createChat({ address: "team", visitor: ADA });
  await settle();
  const [first] = agents.chats.all;
  const by = { address: "ann", leg: `${id}.3` };
  first?.emit({ type: "joined", by });
  first?.emit(TO_BOB);
  await settle();
  const other = agents.chats.all.at(-1);

  other?.emit({ type: "joined", name: "Bob" });
  await settle();

  const bobs = { address: "bob", leg: `${id}.1h` };
  deepEqual(
    stored.flatMap((chat) => chat ? [[chat.by, chat.otherLegs]] : []).slice(-3),
    [[by, [bobs]], [bobs, [by]], [bobs, undefined]],
  );
});

Deno.test("[CHAT29] over any order of offers, answers, silence and ends, exactly one agent has a running chat", () => {
  property(1_000, (luck) => {
    const bridge = new TestBridge();
    bridge.agents.add(BOB);
    bridge.agents.add(CAROL);
    const joined = new Set<FakeChat>([bridge.join()]);
    for (let n = 0; n < 40; n++) {
      act(bridge, joined, luck);
      const holders = [...joined].filter(({ over }) => !over);
      const isOver = bridge.records.length > 0;
      equal(holders.length, isOver ? 0 : 1);
      if (!isOver) continue;
      deepEqual(bridge.chats.filter(({ over }) => !over), []);
      return;
    }
  });
});

/** Something happens to a chat. */
function act(
  { agents, chats, page, clock }: TestBridge,
  joined: Set<FakeChat>,
  luck: Chance,
): void {
  const open = chats.filter(({ over }) => !over);
  const holder = open.find((one) => joined.has(one));
  const asked = open.find((one) => !joined.has(one));
  const id = crypto.randomUUID();
  switch (luck.below(9)) {
    case 0:
    case 1:
    case 2: {
      const to = luck.pick(["bob", "carol", "atlantis", "nobody"]);
      return holder?.emit({ ...TO_BOB, to });
    }
    case 3:
    case 4:
      if (asked === undefined) return;
      joined.add(asked);
      return asked.emit({ type: "joined", name: asked.chat.address });
    case 5:
      return asked?.end(luck.pick([CAUSE.rejected, CAUSE.noResponse]));
    case 6:
      return clock.advance(luck.below(25_000));
    case 7:
      if (luck.below(4) > 0) return holder?.emit({ type: "withdraw" });
      return luck.below(2) > 0 ? holder?.end(CAUSE.normal) : page.clearChat();
    default:
      if (luck.below(2) > 0) return page.message(id, "Hello");
      return agents.chats.all.at(luck.below(chats.length))
        ?.emit({ type: "message", id, text: "Hi" });
  }
}
