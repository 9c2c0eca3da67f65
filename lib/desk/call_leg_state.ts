import type { Transition } from "@/lib/base/machine.ts";
import type {
  CallCommand,
  CallEvent,
  MediaMessage,
} from "@/lib/contact/ports.ts";
import type { DeskHandover } from "./chat_leg_state.ts";

/**
 * A call at the desk.
 *
 *     ringing --a page takes it--> taken --its SDP answer--> connected
 *        |                           |                           |
 *        +---- decline, hang-up, time, nobody there, page gone --+--> ended
 *
 * The visitor receives `alerting` when a page really shows the ringing call.
 */
export type DeskCallState =
  | { state: "ringing"; offer: string; alerted: boolean; until: number }
  | { state: "taken"; holder: Holder; at: number; until: number }
  /** `aloneUntil` while it waits for the visitor's next home. */
  | {
    state: "connected";
    holder: Holder;
    at: number;
    aloneUntil?: number;
    /** The last handover that the agent has started. */
    handover?: DeskHandover;
  }
  | {
    state: "ended";
    cause: number;
    at: number;
    takenAt?: number;
    /** Name of the colleague who has the call now. */
    handedTo?: string;
  };

/** The page that has the call; `lostUntil` if its connection is broken. */
export interface Holder {
  page: string;
  lostUntil?: number;
}

export type CallLegEvent =
  | { type: "command"; command: CallCommand }
  | { type: "ringing" }
  /** The agent's desk is closed, and a device was notified. */
  | { type: "pushed" }
  | { type: "take"; page: string }
  | { type: "decline" }
  | { type: "answer"; page: string; sdp: string }
  | { type: "media"; page: string; media: MediaMessage }
  | { type: "hold"; page: string; held: boolean }
  | { type: "hang-up"; page: string; trouble: boolean }
  /** The agent hands the call over to a colleague, who is undefined if there is
   * none with the address that the page has sent. */
  | {
    type: "hand-over";
    page: string;
    id: string;
    to: string;
    colleague: string | undefined;
    /** Name of the agent. */
    by: string;
    note: string;
  }
  | { type: "withdraw"; page: string }
  /** The page's connection is broken or restored, or the page was closed. */
  | { type: "page"; page: string; is: "lost" | "back" | "gone" }
  /** The visitor's home is gone, or another one has continued the call. */
  | { type: "home"; is: "gone" | "back" }
  /** The call cannot continue, whatever its state. */
  | { type: "end"; cause: number }
  /** Like `end`, unless a page has taken the call. */
  | { type: "end-ringing"; cause: number }
  | { type: "time" };

export type DeskCallEffect =
  | { type: "tell"; event: CallEvent }
  /** Sends the new state to all pages of the agent. */
  | { type: "show" }
  /** Sends to the page that has the call. */
  | { type: "say-media"; media: MediaMessage }
  | { type: "say-dtmf"; digits: string };

export type DeskCallStep = Transition<DeskCallState, DeskCallEffect>;

export function tell(event: CallEvent): DeskCallEffect {
  return { type: "tell", event };
}

export function go(
  state: DeskCallState,
  ...effects: DeskCallEffect[]
): DeskCallStep {
  return { state, effects };
}

export function stay(state: DeskCallState): DeskCallStep {
  return { state, effects: [] };
}
