import { deepEqual, equal } from "node:assert/strict";
import { HANDED_OVER } from "@/lib/base/causes.ts";
import { Bridge } from "@/lib/contact/bridge.ts";
import type { VisitorMessage } from "@/lib/contact/ports.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import { TeamAgents } from "@/lib/routing/team_agents.ts";
import { ClusterRoom } from "@/tests/support/cluster_room.ts";
import { ADA } from "@/tests/support/desk_room.ts";
import type { FakeDeskPage } from "@/tests/support/fake_desk_page.ts";

/** The only step of a team. */
const SALES = {
  ...{ agents: ["otto", "bob"], ringMs: 20_000 },
  strategy: "all" as const,
};

/** A visitor, Otto who has joined the chat, and Bob who is asked to take it, at
 * three instances. */
async function offered(
  to: { to: string; team?: string } = { to: "bob" },
) {
  const { room, all: [a, b, c] } = await ClusterRoom.open("a", "b", "c");
  if (!a || !b || !c) throw new Error("Cannot open three instances");
  const otto = await room.connect(b);
  const bob = await room.connectBob(c);
  await room.pass(1_000);
  const told: VisitorMessage[] = [];
  const records: ContactRecord[] = [];
  const bridge = new Bridge({
    agents: new TeamAgents({
      agents: a.agents.desk,
      watch: (...watched) => a.agents.desk.watch(...watched),
      clock: room.clock,
    }),
    routeTo: () =>
      Promise.resolve({ route: { steps: [SALES] }, name: "Sales" }),
    records: { add: (record) => Promise.resolve(records.push(record)) },
    clock: room.clock,
  });
  const visitor = bridge.contacts({ tell: (message) => told.push(message) });
  const chat = visitor.createChat({ address: "otto", visitor: ADA });
  room.store(chat, a);
  visitor.chat.dispatch({ type: "message", id: "v1", text: "one" });
  await room.pass(50);
  otto.say({ type: "chat-join", chat });
  await room.pass(50);
  otto.say({
    ...{ type: "chat-hand-over", chat, id: "h1", ...to, note: "VIP" },
  });
  await room.pass(50);
  const offer = bob.last("chat")?.chat;
  return { room, a, b, c, otto, bob, told, records, visitor, chat, offer };
}

function textsAt(page: FakeDeskPage): string[] {
  return page.all("chat-entries")
    .flatMap(({ entries }) => entries).map(({ text }) => text);
}

Deno.test("[CHAT29] a chat is handed over among three instances", async () => {
  const { room, otto, bob, told, visitor, chat, offer } = await offered();
  await using _room = room;
  deepEqual(offer?.offeredBy, { name: "Otto Lilienthal", note: "VIP" });
  deepEqual(textsAt(bob), ["one"]);

  bob.say({ type: "chat-join", chat: offer?.id ?? "" });
  await room.pass(50);
  deepEqual(told.at(-1), { mt: "ChatInfo", state: "connected", dn: "Bob" });
  const over = otto.last("chat")?.chat;
  deepEqual(over?.state === "ended" && over.handedTo, "Bob");
  otto.say({ type: "chat-message", chat, id: "o1", text: "too late" });
  bob.say({
    ...{ type: "chat-message", chat: offer?.id ?? "", id: "b1" },
    text: "Hello",
  });
  await room.pass(50);
  visitor.chat.dispatch({ type: "message", id: "v2", text: "Hi" });
  await room.pass(50);

  deepEqual(textsAt(bob), ["one", "Hello", "Hi"]);
});

Deno.test("[CHAT29] a chat stays with the first agent if the instance of the second one dies during the offer", async () => {
  const { room, c, otto, told, chat } = await offered();
  await using _room = room;

  room.kill(c);
  await room.pass(25_000);
  const view = otto.last("chat")?.chat;
  equal(view?.state === "joined" && view.handover?.state, "not-taken");
  otto.say({ type: "chat-message", chat, id: "o1", text: "still here" });
  await room.pass(50);

  equal(told.at(-1)?.mt, "ChatMessage");
});

Deno.test("[CHAT29] an agent whose instance dies during the offer keeps the chat at another one, unless the colleague has accepted it", async () => {
  const { room, a, b, bob, told, records, chat, offer } = await offered();
  await using _room = room;

  room.kill(b);
  await room.pass(3_000);
  const otto = await room.connect(a);
  await room.pass(100);
  const [kept] = otto.last("welcome")?.chats ?? [];
  deepEqual([kept?.id, kept?.state], [chat, "joined"]);
  bob.say({ type: "chat-join", chat: offer?.id ?? "" });
  await room.pass(100);

  const view = otto.last("chat")?.chat;
  deepEqual(
    view?.state === "ended" && view.cause,
    HANDED_OVER,
  );
  deepEqual(told.at(-1), { mt: "ChatInfo", state: "connected", dn: "Bob" });
  equal(records.length, 0);
});

Deno.test("[CHAT32] a chat is handed over to a team whose member is at another instance", async () => {
  const { room, otto, bob, told, offer } = await offered({
    ...{ to: "team-1", team: "Sales" },
  });
  await using _room = room;
  deepEqual(offer?.offeredBy, { name: "Otto Lilienthal", note: "VIP" });

  bob.say({ type: "chat-join", chat: offer?.id ?? "" });
  await room.pass(50);

  deepEqual(told.at(-1), { mt: "ChatInfo", state: "connected", dn: "Bob" });
  const over = otto.last("chat")?.chat;
  deepEqual(over?.state === "ended" && over.handedTo, "Sales");
});
