import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { ChatHistory } from "./chat_history.ts";
import type { ContactLimits, ContactPlan } from "./plan.ts";
import type {
  ChatCommand,
  ChatEntry,
  ChatEvent,
  VisitorMessage,
} from "./ports.ts";

/**
 * A visitor's chat.
 *
 *              create            agent joined
 *     idle, over -----> notified ------------> joined
 *          ^               |                     |
 *          +---------------+---------------------+
 *            clear, terminated, time, full, gone
 *
 * `over` is `idle` that still has the log, for a page that missed the end.
 */
export type Chat =
  | { state: "idle" }
  | NotifiedChat
  | JoinedChat
  | { state: "over"; cause: number; contact?: string };

interface Running {
  plan: ContactPlan;
  /** How far each side has read the other's entries; 0: nothing. */
  read: { visitor: number; agent: number };
}
export interface NotifiedChat extends Running {
  state: "notified";
  alerted: boolean;
}
export interface JoinedChat extends Running {
  state: "joined";
  joinedAt: number;
  name?: string;
}

export type ChatInput =
  | { type: "create"; plan: ContactPlan }
  /** `contact`: for this chat alone. */
  | { type: "message"; id: string; text: string; contact?: string }
  | { type: "typing"; typing: boolean }
  | { type: "read"; seq: number }
  | { type: "clear" }
  /** From the leg of the chat with this id. */
  | { type: "agent"; chat: string; event: ChatEvent }
  | { type: "time" }
  | { type: "away" }
  /** The page has resumed its seat, has the entries up to `seq`, and takes this
   * chat to be running. */
  | { type: "back"; seq: number; contact?: string }
  /** The visitor is gone for good. */
  | { type: "gone"; cause: number };

export type ChatEffect =
  | { type: "tell"; message: VisitorMessage }
  /** Starts a new log with it. */
  | { type: "open"; plan: ContactPlan }
  | { type: "command"; command: ChatCommand }
  /** Adds to the log, and tells both sides. */
  | { type: "append"; said: Omit<ChatEntry, "seq"> }
  /** Tells one side again what it said: it asked twice. */
  | { type: "acknowledge"; entry: ChatEntry }
  /** Tells the visitor the entries after `seq`. */
  | { type: "replay"; seq: number }
  | { type: "timer"; ms: number | undefined }
  /** Nobody is told the end before it is kept. */
  | { type: "ending"; record: ContactRecord }
  | { type: "record"; record: ContactRecord };

export interface ChatStep {
  chat: Chat;
  effects: ChatEffect[];
}

export interface ChatAt {
  /** The time of the chat, which goes on evenly. */
  now: number;
  /** The time as the machine has it, for what people read. */
  wall: number;
  limits: ContactLimits;
  /** The log so far; a step only reads it. */
  history: Pick<ChatHistory, "length" | "characters" | "find">;
}

export function go(chat: Chat, ...effects: ChatEffect[]): ChatStep {
  return { chat, effects };
}

export function stay(chat: Chat): ChatStep {
  return { chat, effects: [] };
}

export function tell(message: VisitorMessage): ChatEffect {
  return { type: "tell", message };
}

export function command(command: ChatCommand): ChatEffect {
  return { type: "command", command };
}
