import { deepEqual, equal } from "node:assert/strict";
import type { Presence } from "@/lib/model/presence.ts";
import { ClusterRoom } from "@/tests/support/cluster_room.ts";
import { ADA } from "@/tests/support/desk_room.ts";
import { FakeAgents } from "@/tests/support/fake_agents.ts";
import { sampleOffer } from "@/tests/support/sdp.ts";

const MAX = { address: "max", name: "Max", email: "" };

/** Two instances; a PBX with one user is linked to `b`. */
async function linked() {
  const { room, all: [a] } = await ClusterRoom.open("a");
  const pbx = new FakeAgents(MAX);
  const b = await room.start("b", pbx);
  await room.pass(50);
  return { room, a: a!, b, pbx };
}

Deno.test("[CLUSTER6] an agent of a PBX is watched at the link while a page of another instance shows them, and 30 s longer", async () => {
  const { room, a, pbx } = await linked();
  await using _room = room;
  const told: Presence[] = [];
  equal(pbx.watching("max"), 0);

  const watch = a.agents.pbx.watch("max", (presence) => told.push(presence));
  await room.pass(50);
  pbx.setPresence("max", "dnd");
  await room.pass(50);
  watch[Symbol.dispose]();
  await room.pass(29_500);
  equal(pbx.watching("max"), 1);
  await room.pass(1_500);

  equal(pbx.watching("max"), 0);
  deepEqual(told, ["offline", "online", "dnd"]);
});

Deno.test("[CLUSTER6] a page that is reloaded shows the agent's presence immediately", async () => {
  const { room, a } = await linked();
  await using _room = room;
  const watch = a.agents.pbx.watch("max", () => {});
  await room.pass(50);
  watch[Symbol.dispose]();
  await room.pass(20_000);

  const told: Presence[] = [];
  a.agents.pbx.watch("max", (presence) => told.push(presence));
  await room.pass(40_000);

  deepEqual(told, ["online"]);
});

Deno.test("[CLUSTER6] agents of a PBX are asked for only while another instance has a link", async () => {
  const { room, all: [a, b] } = await ClusterRoom.open("a", "b");
  await using _room = room;
  a!.agents.pbx.watch("max", () => {});
  await room.pass(600);
  deepEqual(b!.members.get("a")?.report.wants ?? [], []);

  const c = await room.start("c", new FakeAgents(MAX));
  await room.pass(100);
  deepEqual(b!.members.get("a")?.report.wants, ["max"]);
  room.kill(c);
  await room.pass(3_000);

  deepEqual(b!.members.get("a")?.report.wants, []);
});

Deno.test("[CLUSTER6] when the instance with the link dies, its agents are offline", async () => {
  const { room, a, b } = await linked();
  await using _room = room;
  const told: Presence[] = [];
  a.agents.pbx.watch("max", (presence) => told.push(presence));
  await room.pass(50);

  room.kill(b);
  await room.pass(2_500);

  deepEqual(told, ["offline", "online", "offline"]);
});

Deno.test("[CLUSTER6] what an instance without a link remembers counts only while no instance has a link", async () => {
  const { room, a, b } = await linked();
  await using _room = room;
  const remembered = new FakeAgents();
  remembered.add(MAX, "away");
  const c = await room.start("c", remembered, { isLinked: false });
  const shown: Record<string, Presence[]> = { a: [], c: [] };
  c.agents.pbx.watch("max", (presence) => shown["c"]?.push(presence));
  await room.pass(1_000);
  a.agents.pbx.watch("max", (presence) => shown["a"]?.push(presence));
  await room.pass(1_000);
  deepEqual([shown["a"]?.at(-1), shown["c"]?.at(-1)], ["online", "online"]);

  room.kill(b);
  await room.pass(3_000);

  deepEqual([shown["a"]?.at(-1), shown["c"]?.at(-1)], ["away", "away"]);
});

Deno.test("[CLUSTER6] an agent who is shown by no page is called through the link", async () => {
  const { room, a, pbx } = await linked();
  await using _room = room;

  a.agents.pbx.dial({
    ...{ id: "call", address: "max", visitor: ADA, media: "voice" },
    sdp: sampleOffer("voice"),
  }, () => {});
  await room.pass(50);

  equal(pbx.calls.all.length, 1);
});

Deno.test("[CLUSTER6] an instance with its own link calls and searches there", async () => {
  const { room, b } = await linked();
  await using _room = room;
  const own = new FakeAgents(MAX);
  const c = await room.start("c", own);
  await room.pass(50);
  equal(b.members.all().length, 2);

  c.agents.pbx.openChat({
    ...{ id: "chat", address: "max", visitor: ADA },
    log: { since: () => [] },
  }, () => {});
  const { signal } = new AbortController();
  const found = await c.agents.pbx.search({ text: "max", limit: 5 }, signal);

  equal(own.chats.all.length, 1);
  deepEqual(found.agents, [MAX]);
});

Deno.test("[CLUSTER6] a search without any link says that the PBX is offline, as the own bank does", async () => {
  const { room, a, b } = await linked();
  await using _room = room;
  const { signal } = new AbortController();
  const query = { text: "max", limit: 5 };
  const search = a.agents.pbx.search(query, signal);
  await room.pass(50);
  deepEqual((await search).agents, [MAX]);

  const late = a.agents.pbx.search(query, signal);
  room.kill(b);
  await room.pass(3_000);

  deepEqual(await late, { agents: [], notice: "offline" });
});
