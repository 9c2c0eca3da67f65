import { deepEqual, equal } from "node:assert/strict";
import { Bridge } from "@/lib/contact/bridge.ts";
import { TeamAgents } from "@/lib/routing/team_agents.ts";
import {
  ClusterRoom,
  type RoomInstance,
} from "@/tests/support/cluster_room.ts";
import { ADA } from "@/tests/support/desk_room.ts";
import type { FakeDeskPage } from "@/tests/support/fake_desk_page.ts";

/** The only step of a team. */
const SALES = {
  ...{ agents: ["otto", "bob"], ringMs: 20_000 },
  strategy: "all" as const,
};

const JOINED = {
  ...{ startedAt: 1, alerted: true, joinedAt: 2 },
  read: { visitor: 0, agent: 0 },
};

/** The visitors of an instance. */
function visitorsOf({ agents }: RoomInstance, { clock }: ClusterRoom) {
  return new Bridge({
    agents: new TeamAgents({
      agents: agents.desk,
      watch: (...watched) => agents.desk.watch(...watched),
      clock,
    }),
    records: { add: () => Promise.resolve() },
    clock,
  }).contacts({ tell: () => {} });
}

/** The visitors' instance, and those of Otto and Bob. */
async function threeInstances() {
  const { room, all: [a, b, c] } = await ClusterRoom.open("a", "b", "c");
  if (!a || !b || !c) throw new Error("Cannot open three instances");
  const otto = await room.connect(b);
  const bob = await room.connectBob(c);
  await room.pass(1_000);
  return { room, a, b, c, otto, bob, visitor: visitorsOf(a, room) };
}

function stateAt(page: FakeDeskPage): string | undefined {
  return page.last("chat")?.chat.state;
}

Deno.test("[CLUSTER9] the ring at the members of a team ends within 3 s after the death of the visitor's instance", async () => {
  const { room, a, otto, bob, visitor } = await threeInstances();
  await using _room = room;
  const route = { steps: [SALES] };
  visitor.createChat({ address: "team-1", visitor: ADA, route });
  visitor.chat.dispatch({ type: "message", id: "v1", text: "one" });
  await room.pass(50);
  const rung = [otto, bob].map(stateAt);

  room.kill(a);
  await room.pass(3_000);

  deepEqual(rung, ["ringing", "ringing"]);
  deepEqual([otto, bob].map(stateAt), ["ended", "ended"]);
});

/** Otto has joined a chat, and Bob is asked to take it. */
async function offered() {
  const room = await threeInstances();
  const { a, otto, bob, visitor } = room;
  const chat = visitor.createChat({ address: "otto", visitor: ADA });
  room.room.store(chat, a);
  visitor.chat.dispatch({ type: "message", id: "v1", text: "one" });
  await room.room.pass(50);
  otto.say({ type: "chat-join", chat });
  await room.room.pass(50);
  otto.say({ type: "chat-hand-over", chat, id: "h1", to: "bob", note: "VIP" });
  await room.room.pass(50);
  const offer = bob.last("chat")?.chat.id ?? "";
  return { ...room, chat, offer };
}

Deno.test("[CLUSTER9] the offer of a chat ends within 3 s after the death of the visitor's instance, and the first agent keeps the chat", async () => {
  const { room, a, otto, bob } = await offered();
  await using _room = room;
  const rung = stateAt(bob);

  room.kill(a);
  await room.pass(3_000);

  equal(rung, "ringing");
  deepEqual([stateAt(bob), stateAt(otto)], ["ended", "joined"]);
});

Deno.test("[CLUSTER9] a chat that a colleague has accepted ends there soon after its next home has continued it without", async () => {
  const { room, a, b, otto, bob, chat, offer } = await offered();
  await using _room = room;
  bob.say({ type: "chat-join", chat: offer });
  room.kill(a);
  await room.pass(3_000);
  const alone = stateAt(bob);

  await room.resume(b, JOINED, [], { id: chat });
  await room.pass(11_000);

  equal(alone, "joined");
  deepEqual([stateAt(bob), stateAt(otto)], ["ended", "joined"]);
});

Deno.test("[CLUSTER9] an accepted chat stays while no instance has continued it, or while its home is the one that seems dead", async () => {
  const { room, a, bob, offer } = await offered();
  await using _room = room;
  bob.say({ type: "chat-join", chat: offer });
  room.kill(a);

  await room.pass(50_000);
  const before = stateAt(bob);
  await room.pass(15_000);

  deepEqual([before, stateAt(bob)], ["joined", "ended"]);
});
