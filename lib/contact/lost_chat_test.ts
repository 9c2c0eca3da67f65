import { deepEqual } from "node:assert/strict";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { ChatChange, RunningChat } from "@/lib/model/running_chat.ts";
import { ADA, chatOver } from "@/tests/support/bridge.ts";
import { FakeAgents } from "@/tests/support/fake_agents.ts";
import { fakeChatStore } from "@/tests/support/fake_chat_store.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { Bridge } from "./bridge.ts";
import type { VisitorMessage } from "./ports.ts";

const ATLANTIS = { address: "atlantis", name: "Atlantis", email: "" };
const SEAT = "5".repeat(64);
const CHAT: RunningChat = {
  id: "c1",
  seat: SEAT,
  address: "atlantis",
  visitor: ADA,
  startedAt: 0,
  alerted: true,
  read: { visitor: 0, agent: 0 },
};
const RECORD: ContactRecord = {
  id: "c1",
  widget: ADA.widget.uuid,
  address: "atlantis",
  media: "chat",
  startedAt: 0,
  endedAt: 9,
  cause: 16,
  messages: 0,
};

for (const isStored of [true, false]) {
  const state = isStored ? "stored" : "not stored";
  Deno.test(`[CHAT12] a chat whose record was ${state} when the process was killed leaves one record`, async () => {
    const records: ContactRecord[] = isStored ? [RECORD] : [];
    const bridge = restarted([{ ...CHAT, ended: RECORD }], records);

    for (const lost of await bridge.lost()) lost.resume({ tell: () => {} });
    await bridge.settled();

    deepEqual(records.map(({ id, cause }) => [id, cause]), [["c1", 16]]);
  });
}

Deno.test("each chat that continues after a restart is counted", async () => {
  const counted: string[] = [];

  await restarted([CHAT, { ...CHAT, id: "c2" }], [], counted).lost();

  deepEqual(counted, ["chats_claimed", "chats_claimed"]);
});

Deno.test("[CHAT22] a stopping service leaves a stored chat to the next process and ends any other", async () => {
  const outcomes = [true, false].map(async (isKept) => {
    const changes: ChatChange[] = [];
    const agents = new FakeAgents(ATLANTIS);
    const bridge = new Bridge({
      agents,
      records: { add: () => Promise.resolve() },
      clock: new FakeClock(),
      ...isKept && {
        chatStore: fakeChatStore((some) => {
          changes.push(...some);
          return Promise.resolve([]);
        }),
      },
    });
    const told: VisitorMessage[] = [];
    const contacts = bridge.contacts({ tell: (one) => told.push(one) }, SEAT);
    contacts.createChat({ address: "atlantis", visitor: ADA });
    contacts.chat.dispatch({ type: "message", id: "v1", text: "Hello" });
    await bridge.settled();
    told.splice(0);

    contacts.suspend();
    await bridge.settled();

    const gone = changes.filter(({ type }) => type === "gone");
    return [told, agents.chats.all[0]?.over, gone];
  });

  deepEqual(await Promise.all(outcomes), [
    [[], false, []],
    [[chatOver(41)], true, []],
  ]);
});

/** A process that finds what the one before has left. */
function restarted(
  chats: readonly RunningChat[],
  records: ContactRecord[],
  counted: string[] = [],
): Bridge {
  return new Bridge({
    agents: new FakeAgents(ATLANTIS),
    records: {
      add: (record) => Promise.resolve(void records.push(record)),
      has: ({ id }) => Promise.resolve(records.some((one) => one.id === id)),
    },
    clock: new FakeClock(),
    counters: { count: (name) => void counted.push(name) },
    chatStore: fakeChatStore(
      undefined,
      chats.map((chat) => ({ chat, entries: [] })),
    ),
  });
}
