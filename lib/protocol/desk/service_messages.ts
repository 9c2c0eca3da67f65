import * as v from "valibot";
import { IceServers } from "@/lib/model/ice_servers.ts";
import { Presence } from "@/lib/model/presence.ts";

// The messages of the service to an agent's page. The schemas are lenient,
// because the page decodes with them and the service may be newer. All times
// are milliseconds since 1970 by the service's clock, which `welcome` contains.

const Page = v.object({
  url: v.string(),
  title: v.string(),
  referrer: v.string(),
});

/** The visitor, with the page and widget. */
export const VisitorView = v.object({
  /** "" if the visitor gave no name. */
  name: v.string(),
  widget: v.object({ uuid: v.string(), name: v.string() }),
  page: v.exactOptional(Page),
  lang: v.string(),
  /** Version of the consent text that the visitor has agreed to. */
  consent: v.exactOptional(v.string()),
});
export type VisitorView = v.InferOutput<typeof VisitorView>;

/** Set if the agent has invited the colleague, and keeps the chat. */
const isInvite = v.exactOptional(v.literal(true));

/** The last handover or invitation that this agent has started. */
export const HandoverView = v.variant("state", [
  v.object({
    state: v.literal("offered"),
    /** From the page's message. */
    id: v.string(),
    /** Name of the colleague. */
    to: v.string(),
    isInvite,
  }),
  /** The colleague did not take it, so it stays. `cause`: Q.850. */
  v.object({
    state: v.literal("not-taken"),
    id: v.string(),
    to: v.string(),
    cause: v.number(),
    isInvite,
  }),
]);
export type HandoverView = v.InferOutput<typeof HandoverView>;

/** The colleague who hands the call or chat over to this agent, or has done
 * so. */
const offeredBy = v.exactOptional(v.object({
  name: v.string(),
  /** "" if there is none. */
  note: v.string(),
  /** Set if the colleague keeps the chat, too. */
  isInvite: v.exactOptional(v.literal(true)),
}));

const CALL = {
  id: v.string(),
  visitor: VisitorView,
  media: v.picklist(["voice", "video"]),
  since: v.number(),
  offeredBy,
};
const CHAT = {
  id: v.string(),
  visitor: VisitorView,
  since: v.number(),
  /** True while the visitor's page is connected. */
  here: v.boolean(),
  /** The last entries that the visitor and the agent have read. */
  visitorRead: v.number(),
  agentRead: v.number(),
  offeredBy,
};

/** Name of the colleague who has taken the call or chat over, if it is known. */
const handedTo = v.exactOptional(v.string());

/** The end and its Q.850 `cause`. */
const ENDED = { endedAt: v.number(), cause: v.number() };

export const CallView = v.variant("state", [
  v.object({ ...CALL, state: v.literal("ringing") }),
  v.object({
    ...CALL,
    state: v.literal("taken"),
    takenAt: v.number(),
    /** True if the receiving page has the call; otherwise another page of the
     * account has it. */
    mine: v.boolean(),
    /** The last `n` received from the page, which sends later ones again. */
    heard: v.number(),
    /** True if the call can be handed over. */
    canHandOver: v.exactOptional(v.literal(true)),
    handover: v.exactOptional(HandoverView),
  }),
  v.object({
    ...CALL,
    state: v.literal("ended"),
    takenAt: v.exactOptional(v.number()),
    handedTo,
    ...ENDED,
  }),
]);
export type CallView = v.InferOutput<typeof CallView>;

export const ChatView = v.variant("state", [
  v.object({ ...CHAT, state: v.literal("ringing") }),
  v.object({
    ...CHAT,
    state: v.literal("joined"),
    joinedAt: v.number(),
    /** When the chat ends, if nobody writes until then. */
    idleEndsAt: v.exactOptional(v.number()),
    handover: v.exactOptional(HandoverView),
    /** Names of the other agents in the chat. */
    others: v.exactOptional(v.array(v.string())),
  }),
  v.object({
    ...CHAT,
    state: v.literal("ended"),
    joinedAt: v.exactOptional(v.number()),
    handedTo,
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
  /** The agent's leg that wrote it; absent for the first one of the chat. */
  leg: v.exactOptional(v.string()),
  /** Name of the agent, if it was the second one of the chat. */
  name: v.exactOptional(v.string()),
});
export type Entry = v.InferOutput<typeof Entry>;

/** The answer to `hello`: the complete state. Entries and call messages that
 * the page lacks follow as separate messages. */
export const Welcome = v.object({
  type: v.literal("welcome"),
  v: v.number(),
  now: v.number(),
  account: v.object({ address: v.string(), name: v.string() }),
  choice: Presence,
  /** False between `not-stored` and `choice-stored`. */
  isChoiceStored: v.exactOptional(v.boolean(), true),
  presence: Presence,
  /** Number of the agent's connected pages, this one included. */
  pages: v.exactOptional(v.number(), 1),
  calls: v.array(CallView),
  chats: v.array(ChatView),
});
export type Welcome = v.InferOutput<typeof Welcome>;

const PresenceMessage = v.object({
  type: v.literal("presence"),
  /** The agent's choice. */
  choice: Presence,
  /** The presence that visitors see. */
  presence: Presence,
});
/** The number of the agent's connected pages has changed. */
const Pages = v.object({ type: v.literal("pages"), count: v.number() });
const Ping = v.object({ type: v.literal("ping") });
const Pong = v.object({ type: v.literal("pong") });
const Ice = v.object({ type: v.literal("ice"), ...IceServers.entries });

/** A call is new, or its state has changed; contains the whole call. */
const CallMessage = v.object({ type: v.literal("call"), call: CallView });
/** Sent to the page that took the call. `n` counts from 1 per call. */
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

/** A chat is new, or its state has changed; contains everything but its
 * entries. */
const ChatMessage = v.object({ type: v.literal("chat"), chat: ChatView });
/** Entries of both sides, in order; for the agent's own they are the
 * acknowledgement. */
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

/** The error of a message of the page, which was dropped. */
const ErrorMessage = v.object({
  type: v.literal("error"),
  error: v.picklist(["bad-message", "rate-limited", "not-stored"]),
  text: v.string(),
});

/** The agent's choice is stored, after a `not-stored`. */
const ChoiceStored = v.object({ type: v.literal("choice-stored") });

/** A widget was saved or deleted, so the agent's widgets may be others now. */
const WidgetsChanged = v.object({ type: v.literal("widgets-changed") });

/** A callback rings, or does not ring any more. */
const CallbacksChanged = v.object({ type: v.literal("callbacks-changed") });

export const ServiceMessage = v.variant("type", [
  Welcome,
  PresenceMessage,
  Pages,
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
  WidgetsChanged,
  CallbacksChanged,
]);
export type ServiceMessage = v.InferOutput<typeof ServiceMessage>;
export type CallServiceMessage = Extract<ServiceMessage, { n: number }>;
