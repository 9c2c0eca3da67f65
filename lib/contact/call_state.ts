import type { Transition } from "@/lib/base/machine.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { Handover } from "@/lib/model/handover.ts";
import type { AnsweredBy } from "@/lib/model/route.ts";
import type { CallPlan, ContactLimits } from "./plan.ts";
import type {
  CallCommand,
  CallEvent,
  MediaMessage,
  OfferedBy,
  OutgoingCall,
  Queued,
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
 * `over` is `idle` that still knows how the last call ended. A connected call
 * can be handed over: call_handover.ts.
 */
export type BridgeCall =
  | { state: "idle" }
  | { state: "waiting"; plan: CallPlan; until: number }
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
  until: number;
  alerted: boolean;
  /** Its place in the queue of a team, until an agent is notified. */
  queued?: Queued;
  /** An answer that arrived before the agent picked up. */
  early?: string;
}
export interface Answered extends Dialling {
  answeredAt: number;
  name?: string;
  /** The agent who answered, if it is not the called one. */
  by?: AnsweredBy;
}
export interface AnsweredCall extends Answered {
  state: "answered";
  until: number;
}
export interface ConnectedCall extends Answered {
  state: "connected";
  /** The answer that the visitor received. */
  answer: string;
  held: boolean;
  /** A later offer, as the other side received it, and its sender. */
  open?: { from: "visitor" | "agent"; offer: string };
  /** Number of the visitor's peer connection; absent for the first one. */
  peer?: number;
  /** How often the call was offered to another agent; absent for 0. */
  offers?: number;
  handovers?: readonly Handover[];
  /** The agent who is asked to take the call. */
  move?: CallOffer;
}

/** An offer of a call to another agent. `peer` is the number of the visitor's
 * peer connection for it. */
export type CallOffer =
  & AnsweredBy
  & { peer: number; by: OfferedBy; until: number }
  & (
    /** The visitor's page was asked to offer another connection. */
    | { state: "requested" }
    /** `sdp` is that offer. */
    | { state: "ringing"; sdp: string }
    | { state: "taken"; sdp: string; name: string }
    | {
      state: "answered";
      sdp: string;
      name: string;
      answer: string;
      /** Later actions of the other agent. */
      held?: boolean;
      later?: string;
    }
  );

/** A message of the visitor's page about another peer connection: its offer, or
 * that media flow over it. */
export type PageMove =
  | { cmd: "PROPOSAL"; peer: number; sdp: string }
  | { cmd: "READY"; peer: number };

export type CallInput =
  | { type: "create"; plan: CallPlan }
  /** `contact` limits it to this call, and `peer` to this connection; absent for
   * the first one. */
  | {
    type: "channels";
    channels: MediaMessage;
    contact?: string;
    peer?: number;
  }
  | { type: "move"; move: PageMove; contact?: string }
  | { type: "dtmf"; digits: string }
  | { type: "clear" }
  /** From the leg of the call with this id. */
  | { type: "agent"; call: string; event: CallEvent }
  /** The state is due: {@linkcode callDueAt}. */
  | { type: "time" }
  /** The page has resumed its seat, and assumes that this call is running. */
  | { type: "back"; contact?: string }
  /** The visitor has left for good. */
  | { type: "gone"; cause: number };

export type BridgeCallEffect =
  | { type: "tell"; message: VisitorMessage }
  | { type: "dial"; call: OutgoingCall }
  /** `leg` is another one than that of the agent who has the call. */
  | { type: "command"; command: CallCommand; leg?: string }
  /** Another agent has the call from now on. It is stored before the leg `from`
   * ends, so that after a crash one of them has it. */
  | { type: "hand-over"; call: string; to: AnsweredBy; from: string }
  | { type: "record"; record: ContactRecord };

export type BridgeCallStep = Transition<BridgeCall, BridgeCallEffect>;

export interface CallAt {
  now: number;
  limits: ContactLimits;
}

/** Returns the time of the next `time` input, by the call's clock. */
export function callDueAt(call: BridgeCall): number | undefined {
  if (call.state === "connected") return call.move?.until;
  return "until" in call ? call.until : undefined;
}

export function go(
  state: BridgeCall,
  ...effects: BridgeCallEffect[]
): BridgeCallStep {
  return { state, effects };
}

export function stay(state: BridgeCall): BridgeCallStep {
  return { state, effects: [] };
}

export function tell(message: VisitorMessage): BridgeCallEffect {
  return { type: "tell", message };
}

export function command(
  command: CallCommand,
  leg?: string,
): BridgeCallEffect {
  return { type: "command", command, ...(leg !== undefined && { leg }) };
}

export function mediaRefused(): BridgeCallEffect {
  const text = "Cannot carry this media: it must be encrypted, and allowed";
  return tell({ mt: "Error", error: "media-refused", text });
}
