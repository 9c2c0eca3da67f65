import { deepEqual, equal } from "node:assert/strict";
import type { CallEvent, ChatBefore } from "@/lib/contact/ports.ts";
import type { OpenedChat } from "@/tests/contact/agent_port_steps.ts";
import { ClusterRoom } from "@/tests/support/cluster_room.ts";
import type { RoomInstance } from "@/tests/support/cluster_room.ts";
import { ADA } from "@/tests/support/desk_room.ts";
import type { FakeDeskPage } from "@/tests/support/fake_desk_page.ts";
import { sampleOffer } from "@/tests/support/sdp.ts";

const JOINED: ChatBefore = {
  startedAt: 1,
  alerted: true,
  joinedAt: 2,
  read: { visitor: 0, agent: 0 },
};

/** Three instances; a visitor of `a` chats with the agent at `b`. */
async function talking() {
  const { room, all } = await ClusterRoom.open("a", "b", "c");
  const [a, b, c] = all as [RoomInstance, RoomInstance, RoomInstance];
  const page = await room.connect(b);
  const chat = await room.chat(a);
  page.say({ type: "chat-join", chat: "chat" });
  await room.pass(10);
  chat.say("v1", "one");
  page.say({ type: "chat-message", chat: "chat", id: "a1", text: "two" });
  await room.pass(10);
  return { room, a, b, c, page, chat };
}

/** The entries that a page shows. */
function shown(page: FakeDeskPage): string[] {
  return page.all("chat-entries").flatMap(({ entries }) =>
    entries.map(({ seq, text }) => `${seq} ${text}`)
  );
}

function heard({ heard }: OpenedChat): string[] {
  return heard.all.map((event) =>
    event.type === "message" ? event.text : event.type
  );
}

Deno.test("[CLUSTER8] a chat continues when the agent's instance dies, and the visitor does not notice it", async () => {
  const { room, b, c, page, chat } = await talking();
  await using _room = room;

  room.kill(b);
  chat.say("v2", "three");
  await room.pass(3_000);
  page.end(1006);
  const again = await room.connect(c);
  again.say({ type: "chat-message", chat: "chat", id: "a2", text: "four" });
  await room.pass(10);

  const [view, ...others] = again.last("welcome")?.chats ?? [];
  deepEqual([view?.id, view?.state, others], ["chat", "joined", []]);
  deepEqual(shown(again), ["1 one", "2 two", "3 three", "4 four"]);
  equal(view?.here, true);
  deepEqual(heard(chat), ["alerting", "joined", "two", "four"]);
});

Deno.test("[CLUSTER8] a chat continues at the visitor's own instance, if the agent comes there", async () => {
  const { room, a, b, chat } = await talking();
  await using _room = room;

  room.kill(b);
  await room.pass(1_000);
  const again = await room.connect(a);
  await room.pass(6_000);
  again.say({ type: "chat-message", chat: "chat", id: "a2", text: "three" });
  chat.say("v2", "four");
  await room.pass(10);

  deepEqual(shown(again).slice(-2), ["3 three", "4 four"]);
  deepEqual(heard(chat), ["alerting", "joined", "two", "three"]);
});

Deno.test("[CLUSTER8] a planned stop of the agent's instance ends no chat", async () => {
  const { room, b, c, chat } = await talking();
  await using _room = room;

  b[Symbol.dispose]();
  await b.desk[Symbol.asyncDispose]();
  await room.pass(100);
  const again = await room.connect(c);
  again.say({ type: "chat-message", chat: "chat", id: "a2", text: "three" });
  await room.pass(10);

  deepEqual(heard(chat), ["alerting", "joined", "two", "three"]);
});

Deno.test("[CLUSTER8] if the agent does not come back within 120 s, the chat ends with 41", async () => {
  const { room, b, chat } = await talking();
  await using _room = room;

  room.kill(b);
  await room.pass(125_000);

  deepEqual(chat.heard.all.at(-1), { type: "terminated", cause: 41 });
  await chat.heard.nothingMore();
});

Deno.test("[CLUSTER8] an end that the visitor causes meanwhile is the chat's end", async () => {
  const { room, b, c, chat } = await talking();
  await using _room = room;

  room.kill(b);
  await room.pass(3_000);
  chat.leg.send({ type: "close", cause: 16 });
  await room.pass(10);
  const again = await room.connect(c);

  deepEqual(chat.heard.all.at(-1), { type: "terminated", cause: 16 });
  deepEqual(again.last("welcome")?.chats, []);
});

Deno.test("[CLUSTER9] when the chat's home dies, the next home gets the same chat and every message", async () => {
  const { room, a, b, c, page, chat } = await talking();
  await using _room = room;

  room.kill(a);
  page.say({ type: "chat-message", chat: "chat", id: "a2", text: "three" });
  page.say({ type: "chat-message", chat: "chat", id: "a3", text: "four" });
  await room.pass(3_000);
  equal(page.last("chat")?.chat.here, false);
  const next = await room.resume(c, JOINED, chat.log.since(0));
  next.leg.send({ type: "visitor", here: true });
  next.say("v2", "five");
  await room.pass(10);

  deepEqual(heard(next), ["three", "four"]);
  deepEqual(shown(page), ["1 one", "2 two", "3 three", "4 four", "5 five"]);
  equal(page.last("chat")?.chat.here, true);
  const views = b.desk.page().connect().last("welcome")?.chats;
  deepEqual(views?.map(({ state }) => state), ["joined"]);
});

Deno.test("[CLUSTER9] the agent's instance can be the next home of the chat", async () => {
  const { room, a, b, page, chat } = await talking();
  await using _room = room;

  room.kill(a);
  page.say({ type: "chat-message", chat: "chat", id: "a2", text: "three" });
  await room.pass(100);
  const next = await room.resume(b, JOINED, chat.log.since(0));
  await room.pass(70_000);
  next.say("v2", "four");

  deepEqual(heard(next), ["three"]);
  deepEqual(shown(page), ["1 one", "2 two", "3 three", "4 four"]);
});

Deno.test("[CLUSTER9] a chat that no instance continues within 60 s ends for the agent with 41", async () => {
  const { room, a, page } = await talking();
  await using _room = room;

  room.kill(a);
  await room.pass(61_000);
  equal(page.last("chat")?.chat.state, "joined");
  await room.pass(4_000);

  const { chat } = page.last("chat") ?? {};
  equal(chat?.state === "ended" && chat.cause, 41);
});

Deno.test("[CLUSTER10] a call ends with 41 if the other side's instance dies", async () => {
  for (const killed of ["a", "b"]) {
    const { room, all } = await ClusterRoom.open("a", "b");
    await using _room = room;
    const [a, b] = all as [RoomInstance, RoomInstance];
    const page = await room.connect(b);
    const events: CallEvent[] = [];
    a.agents.desk.dial({
      ...{ id: "call", address: "otto", visitor: ADA, media: "voice" },
      sdp: sampleOffer("voice"),
    }, (event) => events.push(event));
    await room.pass(10);
    page.say({ type: "call-take", call: "call", n: 1 });
    await room.pass(10);

    room.kill(killed === "a" ? a : b);
    await room.pass(3_000);

    const { call } = page.last("call") ?? {};
    const atAgent = call?.state === "ended" ? call.cause : call?.state;
    equal(atAgent, killed === "a" ? 41 : "taken");
    const end = { type: "terminated", cause: 41 } as const;
    deepEqual(events.slice(2), killed === "b" ? [end] : []);
  }
});

Deno.test("[CLUSTER11] the agent's chats of all instances are there before a page is welcomed", async () => {
  const { room, all } = await ClusterRoom.open("a", "b", "c", "d");
  await using _room = room;
  const [a, b, c, d] = all as [
    RoomInstance,
    RoomInstance,
    RoomInstance,
    RoomInstance,
  ];
  const page = await room.connect(b);
  const chats = [a, b, c, d].map((home, n) =>
    room.chat(home, { id: `chat ${n}` })
  );
  for (const [n, chat] of (await Promise.all(chats)).entries()) {
    page.say({ type: "chat-join", chat: `chat ${n}` });
    chat.say("v1", `for chat ${n}`);
  }
  await room.pass(10);

  page.end(1006); // The workspace moves, but `b` lives on.
  const again = await room.connect(c);

  deepEqual(
    again.last("welcome")?.chats.map(({ id, state }) => `${id} ${state}`)
      .sort(),
    [0, 1, 2, 3].map((n) => `chat ${n} joined`),
  );
  const old = b.desk.page().connect().last("welcome")?.chats;
  deepEqual(old, []);
});

Deno.test("[CLUSTER11] an instance that does not answer delays a page by at most 500 ms", async () => {
  const { room, all } = await ClusterRoom.open("a", "b");
  await using _room = room;
  const [a, b] = all as [RoomInstance, RoomInstance];
  room.kill(a);
  const since = room.clock.now();

  let at = 0;
  const gathered = b.agents.gather("otto").then(() => at = room.clock.now());
  await room.pass(1_000);
  await gathered;

  equal(at - since, 500);
});

Deno.test("[CLUSTER12] an instance that is no longer the chat's home has no effect on it and gets no events", async () => {
  const { room, b, c, page, chat } = await talking();
  await using _room = room;

  const next = await room.resume(c, JOINED, chat.log.since(0));
  page.say({ type: "chat-message", chat: "chat", id: "a2", text: "three" });
  chat.leg.send({ type: "close", cause: 16 });
  await room.pass(10);
  b[Symbol.dispose](); // The old home does not follow the agent either.
  const again = await room.connect(c);
  await room.pass(5_000);

  deepEqual(heard(next), ["three"]);
  deepEqual(heard(chat), ["alerting", "joined", "two"]);
  deepEqual(again.last("welcome")?.chats.map(({ state }) => state), ["joined"]);
});

Deno.test("[CLUSTER12] a home that hung, and wakes up after another instance has become the home, gets nothing back", async () => {
  const { room, a, c, chat } = await talking();
  await using _room = room;
  room.kill(a);
  await room.pass(2_500);
  const next = await room.resume(c, JOINED, chat.log.since(0));
  room.wake(a);
  await room.pass(3_000);
  const moved = await room.connect(c, undefined, [{ chat: "chat", seq: 2 }]);
  await room.pass(1_000);
  moved.say({ type: "chat-message", chat: "chat", id: "a2", text: "three" });
  await room.pass(10);

  deepEqual(heard(next), ["three"]);
});

Deno.test("[CLUSTER12] a chat that its own instance resumes again has one leg", async () => {
  const { room, a, page, chat } = await talking();
  await using _room = room;

  const next = await room.resume(a, JOINED, chat.log.since(0));
  page.say({ type: "chat-message", chat: "chat", id: "a2", text: "three" });
  await room.pass(10);

  deepEqual(heard(next), ["three"]);
  deepEqual(heard(chat), ["alerting", "joined", "two"]);
});

Deno.test("[CLUSTER8] a chat does not return to an instance that the agent has left", async () => {
  const { room, a, b, c, chat } = await talking();
  await using _room = room;
  room.kill(b);
  await room.pass(2_500); // The chat is at `a`, which looks for the agent.
  const first = await room.connect(a);
  first.end(1006); // For 3 s, `a` shows the agent as still there.
  const page = await room.connect(c);

  await room.pass(1_500);
  page.say({ type: "chat-message", chat: "chat", id: "a2", text: "three" });
  await room.pass(10);

  deepEqual(heard(chat), ["alerting", "joined", "two", "three"]);
});
