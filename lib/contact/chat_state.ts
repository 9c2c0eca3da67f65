import type { Transition } from "@/lib/base/machine.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import {
  type AgentLeg,
  type Guest,
  type Handover,
  wasHandedOver,
} from "@/lib/model/handover.ts";
import type { Route } from "@/lib/model/route.ts";
import type { ChatHistory } from "./chat_history.ts";
import type { ContactLimits, ContactPlan } from "./plan.ts";
import type {
  ChatCommand,
  ChatEntry,
  ChatEvent,
  OfferedBy,
  Queued,
  VisitorMessage,
} from "./ports.ts";

/**
 * A visitor's chat. While it is joined, the agent can offer it to another one:
 * chat_handover.ts.
 *
 *              create            agent joined
 *     idle, over -----> notified ------------> joined
 *          ^               |                     |
 *          +---------------+---------------------+
 *            clear, terminated, time, full, gone, idle
 *
 * `over` is `idle` that still has the log, for a page that missed the end.
 */
export type BridgeChat =
  | { state: "idle" }
  | NotifiedChat
  | JoinedChat
  | { state: "over"; cause: number; contact?: string };

interface Running {
  plan: ContactPlan;
  /** The last entries of the other side that each side has read; 0 for none. */
  read: { visitor: number; agent: number };
}
export interface NotifiedChat extends Running {
  state: "notified";
  until: number;
  alerted: boolean;
  /** Its place in the queue of a team, until an agent is notified. */
  queued?: Queued;
  /** When it came into the queue. It keeps its place while an agent is
   * notified. */
  queuedSince?: number;
}
export interface JoinedChat extends Running {
  state: "joined";
  joinedAt: number;
  name?: string;
  /** The agent who has it, if it is not the called one. */
  by?: AgentLeg;
  /** Time of the last message or other sign of activity. */
  activeAt: number;
  /** Set once both sides were warned: the chat ends then, unless somebody is
   * active. */
  endsAt?: number;
  /** How often the chat was offered to another agent; absent for 0. */
  offers?: number;
  handovers?: readonly Handover[];
  /** The leg of an agent who is asked to take the chat, the name for the
   * visitor, if it is known, and for an invitation the name of its sender. */
  offer?: AgentLeg & { until: number; name?: string; inviter?: string };
  /** The second agent, whom the one who has the chat has invited. */
  guest?: Guest;
  /** Legs that have lost the chat, or did not take it, and have not ended. */
  closing?: readonly AgentLeg[];
}

export type RunningBridgeChat = NotifiedChat | JoinedChat;

export type ChatInput =
  | { type: "create"; plan: ContactPlan }
  /** `contact` limits it to this chat. */
  | { type: "message"; id: string; text: string; contact?: string }
  | { type: "typing"; typing: boolean }
  | { type: "read"; seq: number }
  | { type: "clear" }
  /** The visitor wants to keep an idle chat, or a call next to it has ended. */
  | { type: "keep" }
  /** From the leg of the chat with this id. */
  | { type: "agent"; chat: string; event: ChatEvent }
  /** The state is due: {@linkcode chatDueAt}. */
  | { type: "time" }
  | { type: "away" }
  /** The page has resumed its seat, has the entries up to `seq`, and assumes
   * that this chat is running. */
  | { type: "back"; seq: number; contact?: string }
  /** The visitor has left for good. */
  | { type: "gone"; cause: number };

export type BridgeChatEffect =
  | { type: "tell"; message: VisitorMessage }
  /** Starts a new log. */
  | { type: "open"; plan: ContactPlan }
  /** `leg` is another one than that of the agent who has the chat. */
  | { type: "command"; command: ChatCommand; leg?: string }
  /** Asks another agent to take the chat. It is stored before, so that after a
   * crash the leg ends. */
  | {
    type: "offer";
    to: AgentLeg;
    plan: ContactPlan;
    by: OfferedBy;
    /** Set if `to` is a team, or an agent at a PBX. */
    route?: Route;
  }
  /** The other agent's leg has the chat from now on. It is stored before the
   * previous agent is told, so that after a crash one of them has it. */
  | { type: "hand-over"; to: AgentLeg; plan: ContactPlan; from: string }
  /** The invited agent is in the chat, too. It is stored before anybody is
   * told. */
  | { type: "invited"; to: AgentLeg; plan: ContactPlan }
  /** The invited agent has the chat alone, because the other one has left. */
  | { type: "promote"; to: AgentLeg; plan: ContactPlan }
  /** The invited agent has left. */
  | { type: "guest-left" }
  /** Adds to the log, and notifies both sides. */
  | { type: "append"; said: Omit<ChatEntry, "seq"> }
  /** Acknowledges a repeated message again. */
  | { type: "acknowledge"; entry: ChatEntry }
  /** A page has reconnected, and will receive everything that it missed. Until
   * then it receives no single messages. */
  | { type: "hold-back" }
  /** Sends the visitor the entries after `seq`. */
  | { type: "replay"; seq: number }
  /** The end is sent only after it is stored. */
  | { type: "ending"; record: ContactRecord }
  | { type: "record"; record: ContactRecord }
  /** Deletes the stored chat, because no page will come back to it. */
  | { type: "forget" };

export type BridgeChatStep = Transition<BridgeChat, BridgeChatEffect>;

export interface ChatAt {
  /** The chat's monotonic time. */
  now: number;
  /** The host's time, for timestamps that people read. */
  wall: number;
  /** True while the visitor is in a call, so the chat is not idle. */
  isCalling?: boolean;
  limits: ContactLimits;
  /** The log so far; a step only reads it. */
  history: Pick<ChatHistory, "length" | "characters" | "find">;
}

/** Returns the time of the next `time` input, by the chat's clock. */
export function chatDueAt(chat: BridgeChat): number | undefined {
  switch (chat.state) {
    case "notified":
      return chat.until;
    case "joined": {
      const { plan: { idle }, activeAt, endsAt, offer } = chat;
      const idleAt = idle && (endsAt ?? activeAt + idle.warnMs);
      return offer ? Math.min(offer.until, idleAt ?? Infinity) : idleAt;
    }
    default:
      return undefined;
  }
}

export function go(
  state: BridgeChat,
  ...effects: BridgeChatEffect[]
): BridgeChatStep {
  return { state, effects };
}

export function stay(state: BridgeChat): BridgeChatStep {
  return { state, effects: [] };
}

export function tell(message: VisitorMessage): BridgeChatEffect {
  return { type: "tell", message };
}

/** @param leg Absent for the leg of the agent who has the chat. */
export function command(command: ChatCommand, leg?: string): BridgeChatEffect {
  return { type: "command", command, ...(leg !== undefined && { leg }) };
}

/** Returns the id of the leg of the agent who has the chat. The first one is
 * named after the chat, also if a team's agent has it. */
export function legOf(chat: RunningBridgeChat): string {
  const by = chat.state === "joined" && wasHandedOver(chat.handovers)
    ? chat.by
    : undefined;
  return by === undefined ? chat.plan.id : offerOf(by.leg);
}

/** Returns the bridge's name of the leg of another agent than the first one. The
 * bank of a team's member knows it as one leg of several, such as `id.1h.0`. */
export function offerOf(leg: string): string {
  return /^.*\.\d+h(?=\.|$)/.exec(leg)?.[0] ?? leg;
}

/** True if only the time of the last activity is another. It is not stored for
 * each message, because the message's own time is. */
export function isOnlyActive(chat: BridgeChat, before: BridgeChat): boolean {
  return chat.state === "joined" && before.state === "joined" &&
    chat.plan === before.plan && chat.read === before.read &&
    chat.endsAt === before.endsAt && chat.offer === before.offer &&
    chat.closing === before.closing && chat.guest === before.guest;
}

/** Returns the leg of a chat whose bank no longer has it. */
export function lostLeg(chat: BridgeChat): string | undefined {
  return chat.state === "notified" || chat.state === "joined"
    ? legOf(chat)
    : undefined;
}
