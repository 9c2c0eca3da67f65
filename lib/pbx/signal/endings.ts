import { causeOf, type OutgoingSignal, type Signal } from "./signal.ts";

// The ends of a leg, which are the same for calls and chats.

/** The last step of a leg. */
export interface EndStep {
  state: { state: "ended" };
  effects: (
    | { type: "signal"; signal: OutgoingSignal }
    | { type: "tell"; event: { type: "terminated"; cause: number } }
  )[];
}

/** Ends the leg without a signal to the PBX. */
export function end(cause: number): EndStep {
  const event = { type: "terminated", cause } as const;
  return { state: { state: "ended" }, effects: [{ type: "tell", event }] };
}

/** Ends the leg, also at the PBX. */
export function release(cause: number): EndStep {
  const { state, effects } = end(cause);
  const signal: OutgoingSignal = { type: "rel", cau: { num: cause } };
  return { state, effects: [{ type: "signal", signal }, ...effects] };
}

/** Ends the leg that the PBX ends: `disc` is answered with `rel`, and `rel` is
 * not answered. */
export function endedBy(signal: Signal): EndStep {
  const cause = causeOf(signal);
  return signal.type === "disc" ? release(cause) : end(cause);
}
