import * as v from "valibot";
import { ADDRESS_LENGTH_MAX } from "@/lib/model/address.ts";

// The messages about agents on other instances, one pipe for each call, chat or
// search. A message is what lib/contact/ports.ts defines; a newer version may
// add members, which are removed. The limits are above those of all pages and
// banks, and every message is far below the limit of a pipe.

/** The limits of these messages. Lengths are in UTF-16 units. */
export const AGENT_LIMITS = {
  idLength: 256,
  nameLength: 512,
  urlLength: 8_192,
  textLength: 32_768,
  sdpLength: 65_536,
  /** Entries of one chat. */
  entries: 10_000,
  /** Entries in one message, and characters after which it has no more. */
  entriesPerMessage: 100,
  charactersPerMessage: 32_768,
  /** Agents in one page of a search. */
  matches: 100,
  /** Other agents of one chat. */
  others: 10,
  /** Running chats of one agent. */
  chats: 1_000,
} as const;

const { idLength, nameLength, urlLength, textLength, sdpLength } = AGENT_LIMITS;

const atMost = (length: number) => v.pipe(v.string(), v.maxLength(length));
const Id = v.pipe(atMost(idLength), v.minLength(1));
const Name = atMost(nameLength);
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Seq = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const Time = v.pipe(v.number(), v.finite());
const Cause = v.pipe(v.number(), v.safeInteger());
const AgentAddress = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(ADDRESS_LENGTH_MAX),
);

const AnyVisitor = v.object({
  name: Name,
  widget: v.object({ uuid: Id, name: Name }),
  page: v.exactOptional(v.object({
    url: atMost(urlLength),
    title: atMost(urlLength),
    referrer: atMost(urlLength),
  })),
  lang: Name,
  consent: v.exactOptional(Name),
});

const Media = v.variant("cmd", [
  v.object({ cmd: v.literal("PROPOSAL"), sdp: atMost(sdpLength) }),
  v.object({ cmd: v.literal("SELECT"), sdp: atMost(sdpLength) }),
  v.object({ cmd: v.literal("REQUEST") }),
  v.object({ cmd: v.literal("CLOSE") }),
]);

const Entry = v.object({
  seq: Seq,
  from: v.picklist(["visitor", "agent"]),
  id: Id,
  text: atMost(textLength),
  time: Time,
  leg: v.exactOptional(Id),
  name: v.exactOptional(Name),
});

const channels = v.object({ type: v.literal("channels"), channels: Media });
const typing = v.object({ type: v.literal("typing"), typing: v.boolean() });
const read = v.object({ type: v.literal("read"), seq: Count });
const alerting = v.object({ type: v.literal("alerting") });
const toOther = { to: AgentAddress, name: Name, note: atMost(textLength) };
const callAlerting = v.object({
  type: v.literal("alerting"),
  forMs: v.exactOptional(v.pipe(v.number(), v.minValue(0))),
});
const terminated = v.object({ type: v.literal("terminated"), cause: Cause });

const callCommands = [
  channels,
  v.object({ type: v.literal("dtmf"), digits: Name }),
  v.object({ type: v.literal("not-taken"), cause: Cause }),
  v.object({ type: v.literal("hang-up"), cause: Cause }),
] as const;

/** A command of the bridge. */
export const CallCommandMessage = v.variant("type", [...callCommands]);

/** Everything that the call's home sends after the opening. */
export const CallHomeMessage = v.variant("type", [
  ...callCommands,
  /** The agent has moved to another instance, and the call with them. */
  v.object({ type: v.literal("moved") }),
]);
export type CallHomeMessage = v.InferOutput<typeof CallHomeMessage>;

const callEvents = [
  callAlerting,
  v.object({
    type: v.literal("connected"),
    sdp: v.exactOptional(atMost(sdpLength)),
    name: v.exactOptional(Name),
  }),
  v.object({
    ...channels.entries,
    from: v.exactOptional(v.object({ page: Id, heard: Count })),
  }),
  v.object({ type: v.literal("hold"), held: v.boolean() }),
  v.object({ type: v.literal("page"), page: Id, heard: Count }),
  v.object({ type: v.literal("renamed"), name: Name }),
  v.object({ type: v.literal("offer-call"), ...toOther }),
  v.object({ type: v.literal("keep-call") }),
  terminated,
] as const;

/** An event of the agent's bank. */
export const CallEventMessage = v.variant("type", [...callEvents]);

/** Everything that the agent's instance sends. */
export const CallAgentMessage = v.variant("type", [
  ...callEvents,
  /** Another instance has become the call's home. */
  v.object({ type: v.literal("replaced") }),
]);
export type CallAgentMessage = v.InferOutput<typeof CallAgentMessage>;

const chatCommands = [
  v.object({ type: v.literal("entry"), entry: Entry }),
  typing,
  read,
  v.object({ type: v.literal("visitor"), here: v.boolean() }),
  v.object({
    type: v.literal("idle"),
    leftMs: v.exactOptional(v.pipe(Time, v.minValue(0))),
  }),
  v.object({ type: v.literal("not-taken"), cause: Cause }),
  v.object({
    type: v.literal("agents"),
    others: v.pipe(v.array(Name), v.maxLength(AGENT_LIMITS.others)),
  }),
  v.object({ type: v.literal("close"), cause: Cause }),
] as const;

/** A command of the bridge. */
export const ChatCommandMessage = v.variant("type", [...chatCommands]);

/** Everything that the chat's home sends after the opening. */
export const ChatHomeMessage = v.variant("type", [
  ...chatCommands,
  /** The next entries of the log from before the opening. */
  v.object({
    type: v.literal("log"),
    entries: v.pipe(
      v.array(Entry),
      v.maxLength(AGENT_LIMITS.entriesPerMessage),
    ),
  }),
  /** The agent has moved to another instance, and the chat with them. */
  v.object({ type: v.literal("moved") }),
]);
export type ChatHomeMessage = v.InferOutput<typeof ChatHomeMessage>;

const chatEvents = [
  alerting,
  v.object({ type: v.literal("joined"), name: v.exactOptional(Name) }),
  v.object({
    type: v.literal("message"),
    id: Id,
    text: atMost(textLength),
  }),
  typing,
  read,
  v.object({ type: v.literal("keep") }),
  v.object({
    type: v.literal("hand-over"),
    ...toOther,
    isTeam: v.exactOptional(v.literal(true)),
  }),
  v.object({ type: v.literal("invite"), ...toOther }),
  v.object({ type: v.literal("withdraw") }),
  terminated,
] as const;

/** An event of the agent's bank. */
export const ChatEventMessage = v.variant("type", [...chatEvents]);

/** Everything that the agent's instance sends. */
export const ChatAgentMessage = v.variant("type", [
  ...chatEvents,
  /** It does not have the chat that it was asked to continue. */
  v.object({ type: v.literal("unknown") }),
  /** Another instance has become the chat's home. */
  v.object({ type: v.literal("replaced") }),
]);
export type ChatAgentMessage = v.InferOutput<typeof ChatAgentMessage>;

/** The types that this version knows. */
const TYPES: ReadonlySet<string> = new Set([
  ...CallHomeMessage.options.map(({ entries }) => entries.type.literal),
  ...CallAgentMessage.options.map(({ entries }) => entries.type.literal),
  ...ChatHomeMessage.options.map(({ entries }) => entries.type.literal),
  ...ChatAgentMessage.options.map(({ entries }) => entries.type.literal),
]);
const Typed = v.object({ type: v.string() });

/** True if only a later version knows the type of this message. Such a message is
 * ignored. */
export function isLater(message: unknown): boolean {
  const read = v.safeParse(Typed, message);
  return read.success && !TYPES.has(read.output.type);
}

export const ChatBeforeMessage = v.object({
  startedAt: Time,
  alerted: v.boolean(),
  joinedAt: v.exactOptional(Time),
  read: v.object({ visitor: Count, agent: Count }),
});

/** The bank at the other instance that has the agent. */
export const BankName = v.picklist(["desk", "pbx"]);
export type BankName = v.InferOutput<typeof BankName>;

const ofTeam = v.exactOptional(v.literal(true));
const offeredBy = v.exactOptional(v.object({
  name: Name,
  note: atMost(textLength),
  isInvite: v.exactOptional(v.literal(true)),
}));

export const CallMessage = v.object({
  id: Id,
  address: AgentAddress,
  visitor: AnyVisitor,
  media: v.picklist(["voice", "video"]),
  sdp: atMost(sdpLength),
  ofTeam,
  offeredBy,
  canHandOver: v.exactOptional(v.literal(true)),
});

export const ChatMessage = v.object({
  id: Id,
  address: AgentAddress,
  visitor: AnyVisitor,
  chatsMax: v.exactOptional(Count),
  ofTeam,
  offeredBy,
});

export const CallBeforeMessage = v.object({
  startedAt: Time,
  answeredAt: Time,
  page: Id,
  heard: Count,
  said: v.exactOptional(v.variant("cmd", [
    v.object({ cmd: v.literal("PROPOSAL"), sdp: atMost(sdpLength) }),
    v.object({ cmd: v.literal("SELECT"), sdp: atMost(sdpLength) }),
  ])),
});

/** Begins a call, or continues a connected one. */
export const DialOpening = v.object({
  open: v.literal("dial"),
  bank: BankName,
  call: CallMessage,
  before: v.exactOptional(CallBeforeMessage),
});
export type DialOpening = v.InferOutput<typeof DialOpening>;

/** Begins a chat, or continues one that the chat's home has resumed. */
export const ChatOpening = v.object({
  open: v.literal("chat"),
  bank: BankName,
  chat: ChatMessage,
  /** Number of entries so far, which follow in `log` messages. */
  entries: v.pipe(Count, v.maxValue(AGENT_LIMITS.entries)),
  before: v.exactOptional(ChatBeforeMessage),
});
export type ChatOpening = v.InferOutput<typeof ChatOpening>;

/** The sender has become the home of an agent's workspace, so the receiver opens
 * the agent's chats there. */
export const GatherOpening = v.object({
  open: v.literal("gather"),
  address: AgentAddress,
});
export type GatherOpening = v.InferOutput<typeof GatherOpening>;

/** The answer: the ids of the chats that it opens there. */
export const GatheredMessage = v.object({
  chats: v.pipe(v.array(Id), v.maxLength(AGENT_LIMITS.chats)),
});
