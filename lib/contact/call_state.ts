import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { CallPlan, ContactLimits } from "./plan.ts";
import type {
  CallCommand,
  CallEvent,
  MediaMessage,
  OutgoingCall,
  VisitorMessage,
} from "./ports.ts";

/**
 * A visitor's call.
 *
 *                 offer          picked up           answer is there
 *     waiting ----------> dialled --------> answered ---------> connected
 *        ^  |                | | picked up, answer held already     ^ |
 *   create  |                | +-----------------------------------+ |
 *        |  |                |                                       |
 *   idle, over <--- clear, terminated, time, refused, gone ----------+
 *
 * `over` is `idle` that still knows how the last call ended.
 */
export type Call =
  | { state: "idle" }
  | { state: "waiting"; plan: CallPlan }
  | DialledCall
  | AnsweredCall
  | ConnectedCall
  | { state: "over"; cause: number; contact?: string };

interface Dialling {
  plan: CallPlan;
  offer: string;
  media: "voice" | "video";
}
export interface DialledCall extends Dialling {
  state: "dialled";
  alerted: boolean;
  /** An answer that arrived before the agent picked up. */
  early?: string;
}
export interface AnsweredCall extends Dialling {
  state: "answered";
  answeredAt: number;
  name?: string;
}
export interface ConnectedCall extends Dialling {
  state: "connected";
  answeredAt: number;
  name?: string;
  /** The answer that the visitor received. */
  answer: string;
  held: boolean;
  /** A later offer, as the other side received it, and its sender. */
  open?: { from: "visitor" | "agent"; offer: string };
}

export type CallInput =
  | { type: "create"; plan: CallPlan }
  /** `contact` limits it to this call. */
  | { type: "channels"; channels: MediaMessage; contact?: string }
  | { type: "dtmf"; digits: string }
  | { type: "clear" }
  /** From the leg of the call with this id. */
  | { type: "agent"; call: string; event: CallEvent }
  /** The last timer has expired. */
  | { type: "time" }
  /** The page has resumed its seat, and assumes that this call is running. */
  | { type: "back"; contact?: string }
  /** The visitor has left for good. */
  | { type: "gone"; cause: number };

export type CallEffect =
  | { type: "tell"; message: VisitorMessage }
  | { type: "dial"; call: OutgoingCall }
  | { type: "command"; command: CallCommand }
  /** Replaces the timer; undefined clears it. */
  | { type: "timer"; ms: number | undefined }
  | { type: "record"; record: ContactRecord };

export interface CallStep {
  call: Call;
  effects: CallEffect[];
}

export interface CallAt {
  now: number;
  limits: ContactLimits;
}

export function go(call: Call, ...effects: CallEffect[]): CallStep {
  return { call, effects };
}

export function stay(call: Call): CallStep {
  return { call, effects: [] };
}

export function tell(message: VisitorMessage): CallEffect {
  return { type: "tell", message };
}

export function command(command: CallCommand): CallEffect {
  return { type: "command", command };
}

export function mediaRefused(): CallEffect {
  const text = "Cannot carry this media: it must be encrypted, and allowed";
  return tell({ mt: "Error", error: "media-refused", text });
}
