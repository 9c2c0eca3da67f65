import { deepEqual, equal } from "node:assert/strict";
import type {
  AgentFinder,
  AgentPort,
  ChatBefore,
} from "@/lib/contact/ports.ts";
import type { OpenedChat } from "@/tests/contact/agent_port_steps.ts";
import { ClusterRoom } from "@/tests/support/cluster_room.ts";
import { FakeAgents } from "@/tests/support/fake_agents.ts";

const MAX = { address: "max", name: "Max", email: "" };
const AT_MAX = { bank: "pbx", address: "max" } as const;
const JOINED: ChatBefore = {
  startedAt: 1,
  alerted: true,
  joinedAt: 2,
  read: { visitor: 0, agent: 0 },
};

/** A PBX is linked to `b`; a visitor of `a` chats with its user. */
async function chatting() {
  const { room, all: [a, c] } = await ClusterRoom.open("a", "c");
  const agents = new FakeAgents(MAX);
  const b = await room.start("b", withoutResume(agents));
  await room.pass(50);
  const chat = await room.chat(a!, AT_MAX);
  const client = await agents.chats.until(() => true);
  client.emit({ type: "joined", name: "Max" });
  client.emit({ type: "message", id: "m1", text: "one" });
  await room.pass(50);
  return { room, a: a!, b, c: c!, agents, client, chat };
}

/** A bank that loses its chats with the process, as a PBX does. */
function withoutResume(agents: FakeAgents): AgentPort & AgentFinder {
  return {
    watch: (...given) => agents.watch(...given),
    dial: (...given) => agents.dial(...given),
    openChat: (...given) => agents.openChat(...given),
    search: (...given) => agents.search(...given),
  };
}

function heard({ heard }: OpenedChat): string[] {
  return heard.all.map((event) =>
    event.type === "message" ? event.text : event.type
  );
}

Deno.test("[CLUSTER13] when the chat's home dies, the next home gets the same chat of the PBX and every message", async () => {
  const { room, a, c, agents, client, chat } = await chatting();
  await using _room = room;
  room.kill(a);
  client.emit({ type: "message", id: "m2", text: "two" });
  client.emit({ type: "read", seq: 1 });
  await room.pass(3_000);

  const stored = {
    seq: 2,
    from: "visitor",
    id: "v1",
    text: "?",
    time: 1,
  } as const;
  const next = await room.resume(
    c,
    JOINED,
    [...chat.log.since(0), stored],
    AT_MAX,
  );
  next.leg.send({ type: "visitor", here: true });
  next.say("v2", "three");
  await room.pass(50);

  equal(agents.chats.all.length, 1);
  deepEqual(heard(next), ["two", "read"]);
  deepEqual(client.visitorTexts, ["?", "three"]);
  deepEqual(
    client.commands.all.map((command) =>
      command.type === "entry" ? command.entry.text : command.type
    ),
    ["one", "visitor", "visitor", "?", "two", "visitor", "three"],
  );
});

Deno.test("[CLUSTER13] the next home learns that the agent has joined", async () => {
  const { room, a, b, client, chat } = await chatting();
  await using _room = room;
  room.kill(a);
  client.emit({ type: "alerting" });

  const before = { startedAt: 1, alerted: false, read: JOINED.read };
  const next = await room.resume(b, before, chat.log.since(0), AT_MAX);

  deepEqual(next.heard.all, [
    { type: "alerting" },
    { type: "joined", name: "Max" },
  ]);
});

Deno.test("[CLUSTER13] a chat that the agent has ended meanwhile ends with the same cause", async () => {
  const { room, a, c, client, chat } = await chatting();
  await using _room = room;
  room.kill(a);
  await room.pass(3_000);
  client.end(21);

  const next = await room.resume(c, JOINED, chat.log.since(0), AT_MAX);

  deepEqual(next.heard.all, [{ type: "terminated", cause: 21 }]);
});

Deno.test("[CLUSTER13] a chat that no instance continues within 60 s ends at the PBX", async () => {
  const { room, a, client } = await chatting();
  await using _room = room;
  room.kill(a);
  await room.pass(64_000);

  deepEqual(client.commands.all.at(-1), { type: "close", cause: 41 });
});

Deno.test("[CLUSTER13] 1,000 messages can wait for the next home, and one more ends the chat", async () => {
  const { room, a, c, client, chat } = await chatting();
  await using _room = room;
  room.kill(a);

  const ends = () => client.commands.all.filter(({ type }) => type === "close");
  for (let n = 1; n <= 1_000; n++) {
    client.emit({ type: "message", id: `x${n}`, text: "-" });
  }
  equal(ends().length, 0);
  client.emit({ type: "message", id: "x1001", text: "-" });
  await room.pass(3_000);
  const next = await room.resume(c, JOINED, chat.log.since(0), AT_MAX);

  deepEqual(ends(), [{ type: "close", cause: 41 }]);
  deepEqual(next.heard.all, [{ type: "terminated", cause: 41 }]);
});

Deno.test("[CLUSTER13] a chat ends with 41 when the instance of the link dies", async () => {
  const { room, b, chat } = await chatting();
  await using _room = room;
  room.kill(b);
  await room.pass(3_000);

  deepEqual(chat.heard.all.at(-1), { type: "terminated", cause: 41 });
  await chat.heard.nothingMore();
});

Deno.test("[CLUSTER13] the next home finds the link among several, and a chat without a link ends", async () => {
  const { room, a, c, client, chat } = await chatting();
  await using _room = room;
  await room.start("d", withoutResume(new FakeAgents(MAX)));
  await room.start("0", withoutResume(new FakeAgents(MAX)));
  await room.pass(50);
  room.kill(a);
  await room.pass(3_000);

  const next = await room.resume(c, JOINED, chat.log.since(0), AT_MAX);
  client.emit({ type: "message", id: "m2", text: "two" });
  const unknown = await room.resume(c, JOINED, [], { ...AT_MAX, id: "other" });
  await room.pass(50);

  deepEqual(heard(next), ["two"]);
  deepEqual(unknown.heard.all, [{ type: "terminated", cause: 41 }]);
});
