import type { Transition } from "@/lib/base/machine.ts";

/** The last effect of a step that has changed the state. */
export interface Changed {
  type: "changed";
  isNewState: boolean;
}

/** Adds `changed` to the effects of a step. It comes last, because a website may
 * remove its widget as soon as it learns that a call or chat has ended. */
export function withChange<State extends { state: string }, Effect>(
  before: State,
  { state, effects }: Transition<State, Effect>,
): Transition<State, Effect | Changed> {
  if (state === before) return { state, effects };
  const isNewState = state.state !== before.state;
  return { state, effects: [...effects, { type: "changed", isNewState }] };
}
