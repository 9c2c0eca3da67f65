import { CAUSE, HANDED_OVER } from "@/lib/base/causes.ts";
import type { CallEvent } from "@/lib/contact/ports.ts";
import {
  type CallLegEvent,
  type DeskCallEffect,
  type DeskCallState,
  type DeskCallStep,
  go,
  stay,
  tell,
} from "./call_leg_state.ts";
import type { DeskTimes } from "./ports.ts";

type Connected = DeskCallState & { state: "connected" };

/** D51: offers the call to a colleague. The bridge answers with `not-taken`, or
 * hangs up because the colleague has the call. */
export function handOver(
  call: Connected,
  { id, to, colleague, by, note }: CallLegEvent & { type: "hand-over" },
  { now, times }: { now: number; times: DeskTimes },
): DeskCallStep {
  const { handover } = call;
  if (handover?.state === "offered" || handover?.id === id) return stay(call);
  if (colleague === undefined) {
    const cause = CAUSE.unallocated;
    const failed = { state: "not-taken", id, to, cause } as const;
    return show({ ...call, handover: failed });
  }
  const until = now + times.callHandoverMs;
  return show(
    { ...call, handover: { state: "offered", id, to: colleague, until } },
    { type: "offer-call", to, name: by, note },
  );
}

/** The agent keeps the call. A colleague who was faster has it. */
export function withdraw(call: Connected): DeskCallStep {
  if (call.handover?.state !== "offered") return stay(call);
  return go(call, tell({ type: "keep-call" }));
}

/** The colleague did not take the call. */
export function notTaken(
  call: Connected,
  cause: number,
): { state: Connected; effects: DeskCallEffect[] } {
  const { handover } = call;
  if (handover?.state !== "offered") return { state: call, effects: [] };
  const { id, to } = handover;
  return {
    state: { ...call, handover: { state: "not-taken", id, to, cause } },
    effects: [{ type: "show" }],
  };
}

/** Returns when an offer has failed that the bridge has not answered. */
export function offerDueAt({ handover }: Connected): number {
  return handover?.state === "offered" ? handover.until : Infinity;
}

/** Returns the name of the colleague who has the call after this end. */
export function handedTo(
  call: DeskCallState,
  cause: number,
): { handedTo?: string } {
  if (cause !== HANDED_OVER || call.state !== "connected") return {};
  const { handover } = call;
  return handover?.state === "offered" ? { handedTo: handover.to } : {};
}

function show(state: DeskCallState, event?: CallEvent): DeskCallStep {
  return go(state, ...event ? [tell(event)] : [], { type: "show" });
}
