import { assertNever } from "@/lib/base/assert_never.ts";
import { ANSWERED_ELSEWHERE, CAUSE } from "@/lib/base/causes.ts";
import type { Transition } from "@/lib/base/machine.ts";
import type { Route, RouteStep } from "@/lib/model/route.ts";
import { type AgentTimes, inTurn } from "./in_turn.ts";

/**
 * The way of one contact with a team, until an agent answers.
 *
 *          begin             answered
 *     new ------> ringing -----------> answered
 *      |          ^  |  |                  |
 *      |          +--+  | no step is left  |
 *      |   time, ended, | hang-up          | ended,
 *      | hang-up  free  v                  | hang-up
 *      +-------------> over <--------------+
 */
export type Routing =
  | { state: "new" }
  | Ringing
  | { state: "answered"; leg: RouteLeg }
  | { state: "over" };

/** The try to reach one agent. */
export interface RouteLeg {
  /** Different for all legs of the contact. */
  n: number;
  address: string;
}

interface Ringing {
  state: "ringing";
  /** The place of the step in the route. */
  step: number;
  legs: readonly RouteLeg[];
  /** The agents who were rung in this step. */
  tried: readonly string[];
  /** The number of the next leg. */
  next: number;
  /** The end of the ringing, or of the wait for a free agent. */
  until: number;
  /** The cause with which the contact ends if nobody is left. */
  cause: number;
}

export type RoutingEvent =
  /** `waitMs` is how long the first step waits for agents to be free: after a
   * restart they are not known yet. `next` is the number of the first leg. */
  | { type: "begin"; next?: number; waitMs?: number }
  /** Another agent may be free. */
  | { type: "free" }
  | { type: "answered"; n: number }
  | { type: "ended"; n: number; cause: number }
  /** The state is due: {@linkcode routingDueAt}. */
  | { type: "time" }
  /** The visitor has left. */
  | { type: "hang-up"; cause: number };

export type RoutingEffect =
  | { type: "ring"; leg: RouteLeg }
  | { type: "cancel"; leg: RouteLeg; cause: number }
  | { type: "answered"; leg: RouteLeg }
  /** The contact is over. */
  | { type: "end"; cause: number };

export type RoutingStep = Transition<Routing, RoutingEffect>;

/** The agents, as a step sees them. */
export interface AgentStates extends AgentTimes {
  /** True if the agent can be rung. */
  isFree(address: string): boolean;
}

export interface RoutingAt {
  now: number;
  /** False outside opening hours: nobody is rung. */
  isOpen: boolean;
  route: Route;
  agents: AgentStates;
}

/** Returns the next state and its effects. Rules: SPEC.md. */
export function stepRouting(
  routing: Routing,
  event: RoutingEvent,
  at: RoutingAt,
): RoutingStep {
  switch (routing.state) {
    case "new":
      return stepNew(routing, event, at);
    case "ringing":
      return stepRinging(routing, event, at);
    case "answered":
      return stepAnswered(routing, event);
    case "over":
      return stay(routing);
    default:
      return assertNever(routing);
  }
}

/** Returns the time of the next `time` event. */
export function routingDueAt(routing: Routing): number | undefined {
  return routing.state === "ringing" ? routing.until : undefined;
}

function stepNew(
  routing: Routing & { state: "new" },
  event: RoutingEvent,
  at: RoutingAt,
): RoutingStep {
  if (event.type === "hang-up") return over(event.cause);
  if (event.type !== "begin") return stay(routing);
  const { next = 0, waitMs = 0 } = event;
  const ringing: Ringing = {
    ...{ state: "ringing", step: 0, legs: [], tried: [], next },
    until: at.now + waitMs,
    cause: CAUSE.noResponse,
  };
  return proceed(ringing, at);
}

function stepRinging(
  ringing: Ringing,
  event: RoutingEvent,
  at: RoutingAt,
): RoutingStep {
  const { legs } = ringing;
  switch (event.type) {
    case "begin":
      return stay(ringing);
    case "free":
      return ringNewcomers(ringing, at);
    case "answered": {
      const leg = legs.find(({ n }) => n === event.n);
      if (leg === undefined) return stay(ringing); // R3
      const others = legs.filter((one) => one !== leg);
      return {
        state: { state: "answered", leg },
        effects: [
          ...cancelling(others, ANSWERED_ELSEWHERE),
          { type: "answered", leg },
        ],
      };
    }
    case "ended": {
      const left = legs.filter(({ n }) => n !== event.n);
      if (left.length === legs.length) return stay(ringing);
      const cause = worse(ringing.cause, event.cause);
      return proceed({ ...ringing, legs: left, cause }, at);
    }
    case "time":
      return onTime(ringing, at);
    case "hang-up": {
      const { state, effects } = over(event.cause);
      return { state, effects: [...cancelling(legs, event.cause), ...effects] };
    }
    default:
      return assertNever(event);
  }
}

function stepAnswered(
  answered: Routing & { state: "answered" },
  event: RoutingEvent,
): RoutingStep {
  const { leg } = answered;
  if (event.type === "ended" && event.n === leg.n) return over(event.cause);
  return stay(answered); // The agent's leg hears a hang-up, and ends.
}

function onTime(ringing: Ringing, at: RoutingAt): RoutingStep {
  if (at.now < ringing.until) return stay(ringing);
  const { legs, step } = ringing;
  const cause = legs.length === 0 ? ringing.cause : CAUSE.noAnswer;
  const late: Ringing = { ...ringing, legs: [], cause };
  const isTogether = at.route.steps[step]?.strategy === "all";
  const next = isTogether ? nextStep(late, at) : proceed(late, at);
  return {
    state: next.state,
    effects: [...cancelling(legs, CAUSE.noAnswer), ...next.effects],
  };
}

/** R2: rings an agent who has become free during a step that rings all. */
function ringNewcomers(ringing: Ringing, at: RoutingAt): RoutingStep {
  const step = at.route.steps[ringing.step];
  const isWaiting = ringing.legs.length === 0;
  if (!at.isOpen || step === undefined) return stay(ringing);
  if (!isWaiting && step.strategy !== "all") return stay(ringing);
  const free = freeOf(step, ringing.tried, at);
  if (free.length === 0) return stay(ringing);
  const until = isWaiting ? at.now + step.ringMs : ringing.until;
  return ring({ ...ringing, until }, free);
}

/** Rings the next agents, if nobody rings any more. */
function proceed(ringing: Ringing, at: RoutingAt): RoutingStep {
  if (ringing.legs.length > 0) return stay(ringing);
  const step = at.route.steps[ringing.step];
  if (!at.isOpen || step === undefined) return over(ringing.cause);
  const free = freeOf(step, ringing.tried, at);
  if (free.length > 0) {
    return ring({ ...ringing, until: at.now + step.ringMs }, free);
  }
  const isWaiting = ringing.tried.length === 0 && at.now < ringing.until;
  return isWaiting ? stay(ringing) : nextStep(ringing, at);
}

function nextStep(ringing: Ringing, at: RoutingAt): RoutingStep {
  const step = ringing.step + 1;
  return proceed({ ...ringing, step, tried: [], until: at.now }, at);
}

/** Returns the agents whom a step rings now. */
function freeOf(
  { agents, strategy, always }: RouteStep,
  tried: readonly string[],
  at: RoutingAt,
): string[] {
  const free = agents.filter((address) =>
    !tried.includes(address) && (always || at.agents.isFree(address))
  );
  return strategy === "all"
    ? free
    : inTurn(free, strategy, at.agents).slice(0, 1);
}

function ring(ringing: Ringing, addresses: readonly string[]): RoutingStep {
  const legs = addresses.map((address, n) => ({
    n: ringing.next + n,
    address,
  }));
  return {
    state: {
      ...ringing,
      legs: [...ringing.legs, ...legs],
      tried: [...ringing.tried, ...addresses],
      next: ringing.next + legs.length,
    },
    effects: legs.map((leg) => ({ type: "ring", leg })),
  };
}

function cancelling(
  legs: readonly RouteLeg[],
  cause: number,
): RoutingEffect[] {
  return legs.map((leg) => ({ type: "cancel", leg, cause }));
}

/** R5: a visitor whom nobody answered sees that, even if somebody declined. */
function worse(before: number, cause: number): number {
  return before === CAUSE.noAnswer ? before : cause;
}

function over(cause: number): RoutingStep {
  return { state: { state: "over" }, effects: [{ type: "end", cause }] };
}

function stay(state: Routing): RoutingStep {
  return { state, effects: [] };
}
