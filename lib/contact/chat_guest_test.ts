import { deepEqual, equal } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import { chatOver, TestBridge } from "@/tests/support/bridge.ts";
import { type Chance, property } from "@/tests/support/chance.ts";
import type { FakeChat } from "@/tests/support/fake_agents.ts";

const TO_BOB = {
  ...{ type: "invite", to: "bob", name: "Otto", note: "VIP" } as const,
};

/** A joined chat, and the leg of Bob who is invited. */
function invited() {
  const bridge = new TestBridge();
  for (const address of ["bob", "carol"]) {
    bridge.agents.add({ address, name: address, email: "" });
  }
  const first = bridge.join();
  bridge.page.message("v1", "one");
  first.emit(TO_BOB);
  const second = bridge.chats.at(-1);
  if (second === undefined) throw new Error("Cannot find the invitation");
  bridge.look();
  return { bridge, first, second };
}

/** The same after Bob has joined. */
function together() {
  const scene = invited();
  scene.second.emit({ type: "joined", name: "Bob" });
  return scene;
}

function textsFor({ commands }: FakeChat): string[] {
  return commands.all
    .flatMap((one) => one.type === "entry" ? [one.entry.text] : []);
}

function othersFor({ commands }: FakeChat): string[] | undefined {
  return commands.all
    .flatMap((one) => one.type === "agents" ? [one.others] : []).at(-1);
}

Deno.test("[CHAT34] an invited agent and the first one both read and write, and the visitor sees both names", () => {
  const { bridge, first, second } = together();
  const { page } = bridge;
  deepEqual(second.chat.offeredBy, {
    ...{ name: "Otto", note: "VIP", isInvite: true },
  });
  deepEqual(bridge.look(), [{ mt: "ChatGuest", dn: "Bob" }]);
  deepEqual([othersFor(first), othersFor(second)], [["Bob"], ["Otto"]]);

  second.emit({ type: "typing", typing: true });
  second.emit({ type: "message", id: "b1", text: "two" });
  first.emit({ type: "message", id: "a1", text: "three" });
  page.message("v2", "four");
  page.typing(true);
  page.read(3);

  const names = bridge.look().flatMap((message) =>
    message.mt === "ChatMessage" || message.mt === "ChatTyping"
      ? [[message.mt, message.dn]]
      : []
  );
  deepEqual(names, [
    ...[["ChatTyping", "Bob"], ["ChatMessage", "Bob"]],
    ["ChatMessage", undefined],
  ]);
  for (const one of [first, second]) {
    deepEqual(textsFor(one).slice(-3), ["two", "three", "four"]);
    deepEqual(one.commands.all.slice(-2), [
      { type: "typing", typing: true },
      { type: "read", seq: 3 },
    ]);
  }
});

Deno.test("[CHAT34] an invitation that is declined, late or withdrawn leaves the chat to the first agent", () => {
  const declined = invited();
  declined.second.end(CAUSE.rejected);
  const late = invited();
  late.bridge.clock.advance(20_000);
  const withdrawn = invited();
  withdrawn.first.emit({ type: "withdraw" });

  for (
    const [{ bridge, first, second }, cause] of [
      [declined, CAUSE.rejected],
      [late, CAUSE.noAnswer],
      [withdrawn, CAUSE.normal],
    ] as const
  ) {
    deepEqual(first.commands.all.at(-1), { type: "not-taken", cause });
    equal(second.over, true);
    second.emit({ type: "message", id: "b1", text: "too late" });
    deepEqual(bridge.look(), []);
  }
});

Deno.test("[CHAT36] if the second agent leaves, the first one has the chat alone", () => {
  const { bridge, first, second } = together();
  bridge.look();

  second.end(CAUSE.normal);

  deepEqual(bridge.look(), [
    { mt: "ChatTyping", typing: false },
    { mt: "ChatGuest" },
  ]);
  deepEqual(othersFor(first), []);
  first.emit({ type: "message", id: "a1", text: "still here" });
  equal(bridge.look()[0]?.mt, "ChatMessage");
  first.emit(TO_BOB);
  equal(bridge.chats.at(-1)?.over, false);
});

Deno.test("[CHAT37] if the first agent leaves, the second one has the chat, and the record names both", () => {
  const { bridge, first, second } = together();
  bridge.look();
  bridge.clock.advance(1_000);

  first.end(CAUSE.normal);

  deepEqual(bridge.look(), [
    { mt: "ChatTyping", typing: false },
    { mt: "ChatInfo", state: "connected", dn: "Bob" },
  ]);
  deepEqual(othersFor(second), []);
  second.emit({ type: "message", id: "b1", text: "I go on" });
  bridge.page.message("v2", "Thanks");
  deepEqual(textsFor(second).slice(-2), ["I go on", "Thanks"]);
  bridge.look();
  bridge.page.back(0);
  deepEqual(bridge.look().slice(0, 2), [
    { mt: "ChatInfo", state: "connected", dn: "Bob" },
    { mt: "ChatGuest" },
  ]);
  second.end(CAUSE.normal);

  deepEqual(bridge.look().at(-1), chatOver(CAUSE.normal));
  const [record] = bridge.records;
  deepEqual(
    record?.handovers?.map(({ from, to, invited }) => [from, to, invited]),
    [["atlantis", "bob", true], ["atlantis", "bob", undefined]],
  );
});

Deno.test("[CHAT35] the chat of two agents ends for both if the visitor leaves, and nobody can hand it over meanwhile", () => {
  const { bridge, first, second } = together();
  const count = bridge.chats.length;

  first.emit({ ...TO_BOB, to: "carol" });
  first.emit({ ...TO_BOB, type: "hand-over", to: "carol" });
  second.emit({ ...TO_BOB, to: "carol" });
  second.emit({ ...TO_BOB, type: "hand-over", to: "carol" });

  equal(bridge.chats.length, count);
  const busy = { type: "not-taken", cause: CAUSE.busy };
  deepEqual(first.commands.all.slice(-2), [busy, busy]);
  bridge.page.clearChat();
  deepEqual([first.over, second.over], [true, true]);
  equal(bridge.records.length, 1);
});

Deno.test("[CHAT34] both agents are warned of an idle chat, and either keeps it", () => {
  const bridge = new TestBridge();
  bridge.agents.add({ address: "bob", name: "bob", email: "" });
  const first = bridge.join({ idle: { warnMs: 60_000, endMs: 90_000 } });
  first.emit(TO_BOB);
  const second = bridge.chats.at(-1);
  second?.emit({ type: "joined", name: "Bob" });

  bridge.clock.advance(60_000);
  second?.emit({ type: "keep" });

  for (const one of [first, second]) {
    deepEqual(one?.commands.all.slice(-2), [
      { type: "idle", leftMs: 30_000 },
      { type: "idle" },
    ]);
  }
});

Deno.test("[CHAT34] over any order of invitations, answers, messages and departures, every message reaches the visitor and each agent once, in one order", () => {
  property(1_000, live);
});

function live(luck: Chance): void {
  const bridge = new TestBridge();
  for (const address of ["bob", "carol"]) {
    bridge.agents.add({ address, name: address, email: "" });
  }
  bridge.page.createChat({
    ...{ address: "atlantis" },
    visitor: { name: "", widget: { uuid: "w", name: "" }, lang: "en" },
  });
  const joined = new Set<FakeChat>();
  /** The number of entries when a leg was opened. */
  const before = new Map<FakeChat, number>();
  const said: string[] = [];
  for (let n = 0; n < 60 && bridge.records.length === 0; n++) {
    for (const one of bridge.chats) {
      if (!before.has(one)) before.set(one, one.chat.log.since(0).length);
    }
    act(bridge, { joined, said }, luck);
    if (n === 0) join(bridge.chats[0], joined);
    const inChat = [...joined].filter(({ over }) => !over);
    const isOver = bridge.records.length > 0;
    equal(isOver ? inChat.length : inChat.length > 0, isOver ? 0 : true);
    equal(inChat.length <= 2, true);
  }
  for (const [one, count] of before) {
    const texts = readFrom(one, count);
    const until = one.over ? count + texts.length : said.length;
    deepEqual(texts, said.slice(count, until));
  }
  const seqs = bridge.told.flatMap((message) =>
    message.mt === "ChatMessage" || message.mt === "ChatAck"
      ? [message.seq]
      : []
  );
  deepEqual(firstOf(seqs), said.map((_, n) => n + 1));
  const texts = bridge.told.flatMap((message) =>
    message.mt === "ChatMessage" ? [message.text] : []
  );
  deepEqual(texts, firstOf(texts));
  equal(bridge.chats[0]?.chat.log.since(0).length, said.length);
}

/** Returns what a desk shows that has the first `count` entries: a repetition is
 * acknowledged again, and has an old number. */
function readFrom({ commands }: FakeChat, count: number): string[] {
  const texts: string[] = [];
  for (const command of commands.all) {
    if (command.type !== "entry") continue;
    const { seq, text } = command.entry;
    if (seq > count + texts.length) texts.push(text);
  }
  return texts;
}

function firstOf<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}

function join(one: FakeChat | undefined, joined: Set<FakeChat>): void {
  if (one === undefined) return;
  joined.add(one);
  one.emit({ type: "joined", name: one.chat.address });
}

function act(
  { chats, page, clock }: TestBridge,
  { joined, said }: { joined: Set<FakeChat>; said: string[] },
  luck: Chance,
): void {
  const open = chats.filter(({ over }) => !over);
  const inChat = open.filter((one) => joined.has(one));
  const [some = chats[0], ...others] = inChat;
  const agent = some && luck.pick([some, ...others]);
  const asked = open.find((one) => !joined.has(one));
  const id = String(said.length);
  switch (luck.below(10)) {
    case 0:
    case 1:
      return agent?.emit({ ...TO_BOB, to: luck.pick(["bob", "carol"]) });
    case 2:
      return join(asked, joined);
    case 3:
      return luck.below(3) > 0 ? clock.advance(9_000) : asked?.end(21);
    case 4:
      if (luck.below(8) === 0) return page.clearChat();
      return luck.below(2) > 0 ? agent?.end(CAUSE.normal) : undefined;
    case 5:
      return agent?.emit({ ...TO_BOB, type: "hand-over", to: "carol" });
    case 6: // A page did not get the acknowledgement.
    case 7: {
      const repeated = said.find((one) => one.startsWith("v"));
      if (luck.below(3) === 0 && repeated) {
        return page.message(repeated, repeated);
      }
      said.push(`v${id}`);
      return page.message(`v${id}`, `v${id}`);
    }
    default:
      if (agent === undefined || inChat.length === 0) return;
      return say(agent, said, luck);
  }
}

/** An agent writes, or a page repeats its last message. */
function say(agent: FakeChat, said: string[], luck: Chance): void {
  const leg = `${agent.chat.id} `;
  const own = said.findLast((one) => one.startsWith(leg));
  const isRepeated = luck.below(3) === 0 && own !== undefined;
  const id = isRepeated ? own : `${leg}${said.length}`;
  if (!isRepeated) said.push(id);
  agent.emit({ type: "message", id, text: id });
}
