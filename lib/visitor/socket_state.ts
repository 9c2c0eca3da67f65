import type { Transition } from "@/lib/base/machine.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { DecodeError } from "@/lib/protocol/visitor/codec.ts";
import type { ErrorMessage } from "@/lib/protocol/visitor/session_messages.ts";

export type Start = Extract<ClientMessage, { mt: "Start" }>;
export type AfterStart = Exclude<ClientMessage, Start>;

/**
 * One socket of a visitor, and afterwards the seat that it leaves. `Seat` is the
 * performer's data for a visitor, which the machine only passes on.
 *
 *             Start            seated             lost, something to resume
 *   greeting -------> starting ------> open ---------------------------> away
 *      | late, lost,     | refused, late,| lost with nothing to resume,    | late,
 *      | bad, flooded    | bad, lost     | taken, refused, bad, flooded    | taken
 *      v                 v               v                                 v
 *     gone <------------ gone <-------- gone <---------------------------- gone
 *
 * `taken`: another socket has shown the seat's token and owns the seat now.
 */
export type SocketState<Seat> =
  | { state: "greeting"; until: number; bad: number }
  /** Messages before the answer to Start wait in `early`. */
  | {
    state: "starting";
    start: Start;
    early: AfterStart[];
    until: number;
    bad: number;
  }
  | { state: "open"; seat: Seat; bad: number }
  | { state: "away"; seat: Seat; until: number }
  | { state: "gone" };

export type SocketInput<Seat> =
  | { type: "message"; message: ClientMessage }
  | { type: "bad"; error: DecodeError }
  /** The page has sent a wrong proof of work, and was notified. */
  | { type: "wrong-proof" }
  /** More messages, or more Starts of one address, than a window allows. */
  | { type: "flooded"; retryAfter: number; keep: boolean }
  /** The page does not read its messages. */
  | { type: "slow"; keep: boolean }
  /** The performer has found the widget and created or taken over a seat. */
  | { type: "seated"; seat: Seat; resumed: boolean }
  | { type: "refused"; refusal: StartRefusal }
  /** The socket is closed. `keep`, here and above, means that there is
   * something to resume. */
  | { type: "lost"; keep: boolean }
  | { type: "taken" }
  /** The service is stopping. */
  | { type: "shut" }
  /** Another instance continues the call or chat. */
  | { type: "moved" }
  | { type: "time" };

/** The reason why a page gets no widget, or no longer has it. */
export type StartRefusal = "unknown-widget" | "origin-refused" | "unavailable";

export type SocketEffect<Seat> =
  | { type: "admit"; start: Start }
  /** Shows the widget, and repeats what a resumed page may have missed. */
  | { type: "greet"; seat: Seat; start: Start; resumed: boolean }
  | { type: "do"; seat: Seat; message: AfterStart }
  | { type: "say"; error: ErrorMessage }
  | { type: "close"; code: number }
  /** The page is away; keep its seat. */
  | { type: "keep"; seat: Seat }
  /** The page has not reconnected. */
  | { type: "release"; seat: Seat }
  /** Another socket has the seat; this one receives no more messages. */
  | { type: "yield"; seat: Seat };

export type SocketStep<Seat> = Transition<
  SocketState<Seat>,
  SocketEffect<Seat>
>;

export interface SocketAt {
  now: number;
  limits: {
    badMessages: number;
    earlyMessages: number;
    resumeWithinMs: number;
    startWithinMs: number;
  };
}

export function go<Seat>(
  state: SocketState<Seat>,
  ...effects: SocketEffect<Seat>[]
): SocketStep<Seat> {
  return { state, effects };
}

export function stay<Seat>(state: SocketState<Seat>): SocketStep<Seat> {
  return { state, effects: [] };
}
