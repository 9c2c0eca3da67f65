import * as v from "valibot";
import { Presence } from "@/lib/model/presence.ts";
import { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";

// What the service says to an agent's page. Lenient schemas: the page decodes
// with them, and the service may be newer. All times are milliseconds since
// 1970 by the service's clock, which `welcome` tells.

const Page = v.object({
  url: v.string(),
  title: v.string(),
  referrer: v.string(),
});

/** Who asks, and from where. */
export const VisitorView = v.object({
  /** "" if the visitor did not say. */
  name: v.string(),
  widget: v.object({ uuid: v.string(), name: v.string() }),
  page: v.exactOptional(Page),
  lang: v.string(),
  /** Version of the consent text that the visitor has agreed to. */
  consent: v.exactOptional(v.string()),
});
export type VisitorView = v.InferOutput<typeof VisitorView>;

const CALL = {
  id: v.string(),
  visitor: VisitorView,
  media: v.picklist(["voice", "video"]),
  since: v.number(),
};
const CHAT = {
  id: v.string(),
  visitor: VisitorView,
  since: v.number(),
  /** Whether the visitor's page is connected now. */
  here: v.boolean(),
  /** Up to where the visitor has read, and the agent. */
  visitorRead: v.number(),
  agentRead: v.number(),
};

/** Why something ended, as the desk says it. `cause`: Q.850. */
const ENDED = { endedAt: v.number(), cause: v.number() };

export const CallView = v.variant("state", [
  v.object({ ...CALL, state: v.literal("ringing") }),
  v.object({
    ...CALL,
    state: v.literal("taken"),
    takenAt: v.number(),
    /** Whether the page that is told has it; else another one of the account. */
    mine: v.boolean(),
    /** The last `n` that was heard from the page; it says later ones again. */
    heard: v.number(),
  }),
  v.object({
    ...CALL,
    state: v.literal("ended"),
    takenAt: v.exactOptional(v.number()),
    ...ENDED,
  }),
]);
export type CallView = v.InferOutput<typeof CallView>;

export const ChatView = v.variant("state", [
  v.object({ ...CHAT, state: v.literal("ringing") }),
  v.object({ ...CHAT, state: v.literal("joined"), joinedAt: v.number() }),
  v.object({
    ...CHAT,
    state: v.literal("ended"),
    joinedAt: v.exactOptional(v.number()),
    ...ENDED,
  }),
]);
export type ChatView = v.InferOutput<typeof ChatView>;

export const Entry = v.object({
  seq: v.number(),
  from: v.picklist(["visitor", "agent"]),
  id: v.string(),
  text: v.string(),
  time: v.number(),
});
export type Entry = v.InferOutput<typeof Entry>;

/** Answer to `hello`: everything that there is. Entries and call messages that
 * the page misses follow as messages of their own. */
export const Welcome = v.object({
  type: v.literal("welcome"),
  v: v.number(),
  now: v.number(),
  account: v.object({ address: v.string(), name: v.string() }),
  choice: Presence,
  presence: Presence,
  calls: v.array(CallView),
  chats: v.array(ChatView),
});
export type Welcome = v.InferOutput<typeof Welcome>;

const PresenceMessage = v.object({
  type: v.literal("presence"),
  /** What the agent chose. */
  choice: Presence,
  /** What visitors see. */
  presence: Presence,
});
const Ping = v.object({ type: v.literal("ping") });
const Pong = v.object({ type: v.literal("pong") });
const Ice = v.object({
  type: v.literal("ice"),
  ...v.omit(IceConfig, ["mt"]).entries,
});

/** A call is new, or its state has changed: the whole of it. */
const CallMessage = v.object({ type: v.literal("call"), call: CallView });
/** To the page that took the call. `n` counts from 1 per call. */
const CallMedia = v.object({
  type: v.literal("call-media"),
  call: v.string(),
  n: v.number(),
  media: v.variant("cmd", [
    v.object({ cmd: v.literal("PROPOSAL"), sdp: v.string() }),
    v.object({ cmd: v.literal("SELECT"), sdp: v.string() }),
    v.object({ cmd: v.literal("REQUEST") }),
    v.object({ cmd: v.literal("CLOSE") }),
  ]),
});
/** The visitor pressed keys. */
const CallDtmf = v.object({
  type: v.literal("call-dtmf"),
  call: v.string(),
  n: v.number(),
  digits: v.string(),
});

/** A chat is new, or its state has changed: all but its entries. */
const ChatMessage = v.object({ type: v.literal("chat"), chat: ChatView });
/** Entries in order, of both sides: the agent's own are the acknowledgement. */
const ChatEntries = v.object({
  type: v.literal("chat-entries"),
  chat: v.string(),
  entries: v.array(Entry),
});
/** The visitor is typing, or has stopped. */
const ChatTyping = v.object({
  type: v.literal("chat-typing"),
  chat: v.string(),
  typing: v.boolean(),
});

/** What was wrong with a message of the page; it was dropped. */
const ErrorMessage = v.object({
  type: v.literal("error"),
  error: v.picklist(["bad-message", "rate-limited", "not-stored"]),
  text: v.string(),
});

/** The agent's choice is stored, after a `not-stored`. */
const ChoiceStored = v.object({ type: v.literal("choice-stored") });

export const ServiceMessage = v.variant("type", [
  Welcome,
  PresenceMessage,
  Ping,
  Pong,
  Ice,
  CallMessage,
  CallMedia,
  CallDtmf,
  ChatMessage,
  ChatEntries,
  ChatTyping,
  ErrorMessage,
  ChoiceStored,
]);
export type ServiceMessage = v.InferOutput<typeof ServiceMessage>;
export type CallServiceMessage = Extract<ServiceMessage, { n: number }>;
