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
  /** An answer that came before anybody picked up. */
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
  /** As the visitor was told. */
  answer: string;
  held: boolean;
  /** An offer after the first, as the other side was given it, and whose. */
  open?: { from: "visitor" | "agent"; offer: string };
}

export type CallInput =
  | { type: "create"; plan: CallPlan }
  /** `contact`: for this call alone. */
  | { type: "channels"; channels: MediaMessage; contact?: string }
  | { type: "dtmf"; digits: string }
  | { type: "clear" }
  /** From the leg of the call with this id. */
  | { type: "agent"; call: string; event: CallEvent }
  /** The timer that was set last has run. */
  | { type: "time" }
  /** The page has resumed its seat, and takes this call to be running. */
  | { type: "back"; contact?: string }
  /** The visitor is gone for good. */
  | { type: "gone"; cause: number };

export type CallEffect =
  | { type: "tell"; message: VisitorMessage }
  | { type: "dial"; call: OutgoingCall }
  | { type: "command"; command: CallCommand }
  /** Replaces the timer; undefined: none. */
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
