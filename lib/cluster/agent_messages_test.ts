import { deepEqual, equal, ok } from "node:assert/strict";
import * as v from "valibot";
import type {
  AgentMatches,
  AgentQuery,
  CallBefore,
  CallCommand,
  CallEvent,
  ChatBefore,
  ChatCommand,
  ChatEvent,
  OutgoingCall,
  OutgoingChat,
  Queued,
} from "@/lib/contact/ports.ts";
import { LIMITS } from "@/lib/protocol/visitor/limits.ts";
import { chance } from "@/tests/support/chance.ts";
import {
  ClusterRoom,
  type RoomInstance,
} from "@/tests/support/cluster_room.ts";
import { FakeAgents } from "@/tests/support/fake_agents.ts";
import { ADA } from "@/tests/support/desk_room.ts";
import { sampleOffer } from "@/tests/support/sdp.ts";
import {
  AGENT_LIMITS,
  CallBeforeMessage,
  CallCommandMessage,
  CallEventMessage,
  CallMessage,
  ChatAgentMessage,
  ChatBeforeMessage,
  ChatCommandMessage,
  ChatEventMessage,
  ChatHomeMessage,
  ChatMessage,
} from "./agent_messages.ts";
import { MESSAGE_BYTES_MAX } from "./pipe_frames.ts";
import { MatchesMessage, QueryMessage } from "./search_messages.ts";

type Same<A, B> = [A, B] extends [B, A] ? true : false;

/** The compiler checks that the schemas and the port have the same messages. The
 * queue of a team is at the bridge, so no agent sends `queued`. */
const SAME: [
  Same<v.InferOutput<typeof CallCommandMessage>, CallCommand>,
  Same<v.InferOutput<typeof CallEventMessage>, Exclude<CallEvent, Queued>>,
  Same<v.InferOutput<typeof CallBeforeMessage>, CallBefore>,
  Same<v.InferOutput<typeof ChatCommandMessage>, ChatCommand>,
  Same<v.InferOutput<typeof ChatEventMessage>, Exclude<ChatEvent, Queued>>,
  Same<v.InferOutput<typeof ChatBeforeMessage>, ChatBefore>,
  Same<v.InferOutput<typeof CallMessage>, OutgoingCall>,
  Same<v.InferOutput<typeof ChatMessage>, Omit<OutgoingChat, "log">>,
  Same<v.InferOutput<typeof QueryMessage>, AgentQuery>,
  Same<v.InferOutput<typeof MatchesMessage>, AgentMatches>,
] = [true, true, true, true, true, true, true, true, true, true];

Deno.test("[CLUSTER7] the messages between instances are those of the port", () => {
  ok(SAME.every((isSame) => isSame));
});

Deno.test("[CLUSTER7] members of a later version are removed, and unknown messages rejected", () => {
  const event = { type: "joined", name: "Otto", since: 7 };

  deepEqual(v.parse(ChatEventMessage, event), { type: "joined", name: "Otto" });
  for (const bad of [undefined, null, 7, "joined", [], {}, { type: "left" }]) {
    ok(!v.is(ChatAgentMessage, bad));
    ok(!v.is(ChatHomeMessage, bad));
  }
});

Deno.test("[CLUSTER7] the limits are above those of pages, and below that of a message", () => {
  ok(AGENT_LIMITS.textLength >= LIMITS.textLength);
  ok(AGENT_LIMITS.sdpLength >= LIMITS.sdpLength);
  ok(AGENT_LIMITS.entries >= LIMITS.entriesPerChat);
  const entry = (length: number) => ({
    ...{ seq: 10_000, from: "visitor", id: "i".repeat(AGENT_LIMITS.idLength) },
    ...{ text: "\u0001".repeat(length), time: Date.now() },
  });
  const { entriesPerMessage, charactersPerMessage, textLength } = AGENT_LIMITS;
  const texts = Array(entriesPerMessage - 1)
    .fill(entry(Math.floor(charactersPerMessage / entriesPerMessage)));
  const largest = [
    { type: "log", entries: [...texts, entry(textLength)] },
    { type: "connected", sdp: "\u0001".repeat(AGENT_LIMITS.sdpLength) },
  ];

  for (const message of largest) {
    ok(JSON.stringify(message).length < MESSAGE_BYTES_MAX);
  }
  ok(v.is(ChatHomeMessage, largest[0]));
  ok(v.is(CallEventMessage, largest[1]));
});

/** Messages that no instance sends. */
const BAD: unknown[] = [
  null,
  17,
  "terminated",
  { type: "entry", entry: { seq: 1 } },
  {
    type: "entry",
    entry: { seq: 9, from: "visitor", id: "x", text: "", time: 1 },
  },
  { type: "log", entries: [] },
  { type: "read", seq: -1 },
  { type: "channels", channels: { cmd: "PROPOSAL" } },
  { type: "dtmf", digits: "1".repeat(1_000) },
];

Deno.test("[CLUSTER7] a message that is not readable ends its call or chat with 41 on both sides, and is counted", async () => {
  for (const bad of BAD) {
    for (const open of ["dial", "chat"]) {
      const { room, all } = await ClusterRoom.open("a", "b");
      await using _room = room;
      const [a, b] = all as [RoomInstance, RoomInstance];
      const page = await room.connect(b);
      const heard: unknown[] = [];
      const pipe = a.pipes.open("b", {
        message: (message) => void heard.push(message),
        broken: () => void heard.push("broken"),
      });
      const id = { id: "contact", address: "otto", visitor: ADA };
      pipe.send(
        open === "chat" ? { open, bank: "desk", chat: id, entries: 0 } : {
          ...{ open, bank: "desk" },
          call: { ...id, media: "voice", sdp: sampleOffer("voice") },
        },
      );
      await room.pass(50);

      pipe.send(bad);
      await room.pass(50);

      deepEqual(heard.slice(-2), [{ type: "terminated", cause: 41 }, "broken"]);
      const { state } = page.last("chat")?.chat ?? page.last("call")?.call ??
        {};
      equal(state, "ended", JSON.stringify(bad));
      equal(b.badMessages, 1);
    }
  }
});

Deno.test("[CLUSTER7] an answer that is not readable ends the call, chat or search, and is counted", async () => {
  for (const answer of [null, 17, { type: "read" }, { agents: 7 }]) {
    const { room, all } = await ClusterRoom.open("a");
    await using _room = room;
    const [a] = all as [RoomInstance];
    const liar = await room.start("liar", new FakeAgents());
    liar.onPipe = (pipe) => ({
      message: () => pipe.send(answer),
      broken: () => {},
    });
    await room.connect(liar);
    const ends: unknown[] = [];
    const tell = (event: unknown) => void ends.push(event);

    a.agents.desk.dial({
      ...{ id: "call", address: "otto", visitor: ADA, media: "voice" },
      sdp: sampleOffer("voice"),
    }, tell);
    a.agents.desk.openChat({
      ...{ id: "chat", address: "otto", visitor: ADA },
      log: { since: () => [] },
    }, tell);
    const query = { text: "o", limit: 10 };
    const search = a.agents.pbx.search(query, new AbortController().signal);
    await room.pass(100);

    const end = { type: "terminated", cause: 41 };
    deepEqual(ends, [end, end]);
    deepEqual(await search, { agents: [], notice: "offline" });
    equal(a.badMessages, 3);
  }
});

Deno.test("[CLUSTER15] a message of a type that only a later version knows is ignored on both sides", async () => {
  const { room, all } = await ClusterRoom.open("a", "b");
  await using _room = room;
  const [a, b] = all as [RoomInstance, RoomInstance];
  const page = await room.connect(b);
  const later = { type: "of a later version", text: "?" };
  const accept = b.onPipe;
  b.onPipe = (pipe) => {
    const served = accept(pipe);
    pipe.send(later);
    return served;
  };
  const ends: unknown[] = [];
  const tell = ({ type }: { type: string }) => void ends.push(type);
  a.agents.desk.dial({
    ...{ id: "call", address: "otto", visitor: ADA, media: "voice" },
    sdp: sampleOffer("voice"),
  }, tell).send(later as unknown as CallCommand);
  const chat = await room.chat(a);
  chat.leg.send(later as unknown as ChatCommand);
  await room.pass(50);

  deepEqual(ends, ["alerting"]);
  deepEqual(chat.heard.all.map(({ type }) => type), ["alerting"]);
  equal(page.last("chat")?.chat.state, "ringing");
  equal(page.last("call")?.call.state, "ringing");
  deepEqual([a.badMessages, b.badMessages], [0, 0]);
});

Deno.test("[CLUSTER7] random openings throw nothing and leave nothing behind", async () => {
  const luck = chance();
  const { room, all } = await ClusterRoom.open("a", "b");
  await using _room = room;
  const [a, b] = all as [RoomInstance, RoomInstance];
  const opens = ["dial", "chat", "search", "gather", "socket", "__proto__", 7];
  const before = b.pipes.size;
  for (let n = 0; n < 200; n++) {
    const open = opens[luck.below(opens.length)];
    const rest = luck.pick<object>([{ chat: null }, {
      bank: "desk",
      call: {},
    }]);
    a.pipes.open("b", { message: () => {}, broken: () => {} })
      .send({ open, ...rest });
  }
  await room.pass(100);

  equal(b.badMessages, 200, `CW_SEED=${luck.seed}`);
  equal(b.pipes.size, before);
});
