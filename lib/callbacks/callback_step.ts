import { assertNever } from "@/lib/base/assert_never.ts";
import type { Callback, CallbackState } from "@/lib/model/callback.ts";

/** Time for which the desks ring. */
export const RING_MS = 60_000;
/** Time from a ring without a call to the next one. */
export const RETRY_MS = 10 * 60_000;
/** Time after which a taken callback is missed, because its agent has forgotten to
 * say how the call ended. */
export const TAKEN_MS = 60 * 60_000;
/** Number of rings after which a callback is a message. */
export const RINGS_MAX = 3;

export type CallbackEvent =
  /** `opensAt` is the next opening time while it is closed, and `retryAt` the time
   * of the next ring if one is needed. */
  | { type: "time"; opensAt: number | undefined; retryAt: number }
  /** An agent calls. */
  | { type: "take" }
  /** That agent has not reached the visitor. */
  | { type: "missed"; retryAt: number }
  /** An agent has answered at a phone, and the PBX may call the number now. */
  | { type: "connect" }
  /** The PBX could not call it. */
  | { type: "not-connected"; retryAt: number }
  | { type: "over" };

/** Returns the state of a callback, which begins with its time. */
export function stateOf({ from, call }: Callback): CallbackState {
  return call ?? { state: "waiting", at: from, tries: 0 };
}

/**
 * Returns the next state; the same one if the event changes nothing.
 *
 *             at                  take
 *   waiting -------> ringing ------------> taken
 *      ^                | until              | missed, or an hour
 *      +----------------+--------------------+ at most twice, then over
 *
 *   over: from every state. A ring that a phone has answered is over before the
 *   number is called, so that it is never called twice; if it cannot be called,
 *   the callback waits again.
 */
export function step(
  call: CallbackState,
  event: CallbackEvent,
  now: number,
): CallbackState {
  const { tries } = call;
  switch (event.type) {
    case "time":
      return onTime(call, event, now);
    case "take":
      return call.state === "ringing"
        ? { state: "taken", at: now, tries }
        : call;
    case "missed":
      return call.state === "taken" ? missed(tries, event.retryAt) : call;
    case "connect":
      return call.state === "ringing" ? { state: "over", tries } : call;
    case "not-connected":
      return call.state === "over" ? missed(tries, event.retryAt) : call;
    case "over":
      return { state: "over", tries };
    default:
      return assertNever(event);
  }
}

/** Returns when the time changes this state, if it does. */
export function dueAt(call: CallbackState): number | undefined {
  switch (call.state) {
    case "waiting":
      return call.at;
    case "ringing":
      return call.until;
    case "taken":
      return call.at + TAKEN_MS;
    case "over":
      return undefined;
  }
}

function onTime(
  call: CallbackState,
  { opensAt, retryAt }: Extract<CallbackEvent, { type: "time" }>,
  now: number,
): CallbackState {
  if (now < (dueAt(call) ?? Infinity)) return call;
  const { tries } = call;
  if (call.state !== "waiting") return missed(tries, retryAt);
  if (opensAt !== undefined) return { state: "waiting", at: opensAt, tries };
  return { state: "ringing", until: now + RING_MS, tries };
}

function missed(tries: number, retryAt: number): CallbackState {
  return tries + 1 < RINGS_MAX
    ? { state: "waiting", at: retryAt, tries: tries + 1 }
    : { state: "over", tries: tries + 1 };
}
