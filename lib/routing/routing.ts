import { assertNever } from "@/lib/base/assert_never.ts";
import { ANSWERED_ELSEWHERE, CAUSE } from "@/lib/base/causes.ts";
import type { RouteStep } from "@/lib/model/route.ts";
import { inTurn } from "./in_turn.ts";
import {
  over,
  type QueuedRouting,
  type Ringing,
  type RouteLeg,
  type Routing,
  type RoutingAt,
  type RoutingEffect,
  type RoutingEvent,
  type RoutingStep,
  stay,
} from "./routing_state.ts";

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
    case "queued":
      return stepQueued(routing, event, at);
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
  return "until" in routing ? routing.until : undefined;
}

function stepNew(
  routing: Routing & { state: "new" },
  event: RoutingEvent,
  at: RoutingAt,
): RoutingStep {
  if (event.type === "hang-up") return over(event.cause);
  if (event.type !== "begin") return stay(routing);
  const { next = 0, waitMs = 0, queued } = event;
  if (queued !== undefined) {
    const until = at.now + queued.leftMs;
    const backUntil = at.now + waitMs;
    return stay({
      ...{ state: "queued", since: queued.since, until, next, backUntil },
      declined: [],
    });
  }
  return proceed({ ...firstStep(next), until: at.now + waitMs }, at);
}

function firstStep(next: number): Ringing {
  return {
    ...{ state: "ringing", step: 0, legs: [], tried: [], next, until: 0 },
    ...{ cause: CAUSE.noResponse, busy: [] },
  };
}

function stepQueued(
  waiting: QueuedRouting,
  event: RoutingEvent,
  at: RoutingAt,
): RoutingStep {
  const { since, until, next, declined, backUntil = 0 } = waiting;
  const isLate = at.now >= until;
  switch (event.type) {
    case "time":
    case "turn": {
      if (event.type === "time" && !isLate) break;
      if (!isLate && at.now < backUntil && !isAnyBack(at)) break;
      const tried = isLate ? [] : declined;
      return proceed(
        { ...firstStep(next), tried, queued: { since, until } },
        at,
      );
    }
    case "free":
      return stay({ ...waiting, declined: without(declined, event.address) });
    case "hang-up":
      return over(event.cause);
  }
  return stay(waiting);
}

/** True if an agent of the first step is there, even if busy. */
function isAnyBack({ route: { steps: [first] }, agents }: RoutingAt): boolean {
  if (first === undefined || first.always) return true;
  return first.agents.some((address) =>
    agents.isFree(address) || agents.isBusy(address)
  );
}

function stepRinging(
  ringing: Ringing,
  event: RoutingEvent,
  at: RoutingAt,
): RoutingStep {
  const { legs } = ringing;
  switch (event.type) {
    case "begin":
    case "turn":
      return stay(ringing);
    case "free":
      return ringNewcomers(asNewcomer(ringing, event.address, at), at);
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
      const ended = legs.find(({ n }) => n === event.n);
      if (ended === undefined) return stay(ringing);
      const left = legs.filter((leg) => leg !== ended);
      const cause = worse(ringing.cause, event.cause);
      const busy = event.cause === CAUSE.busy
        ? [...ringing.busy, ended.address]
        : ringing.busy;
      return proceed({ ...ringing, legs: left, cause, busy }, at);
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
  const next = isTogether
    ? queue(late, at) ?? nextStep(late, at)
    : proceed(late, at);
  return {
    state: next.state,
    effects: [...cancelling(legs, CAUSE.noAnswer), ...next.effects],
  };
}

/** R10: a member of a team with a queue is rung again after not being free. */
function asNewcomer(
  ringing: Ringing,
  address: string,
  { route: { queueMs } }: RoutingAt,
): Ringing {
  const isRung = ringing.legs.some((leg) => leg.address === address);
  if (queueMs === undefined || ringing.step > 0 || isRung) return ringing;
  const tried = without(ringing.tried, address);
  return { ...ringing, tried, busy: without(ringing.busy, address) };
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
  const isLater = at.hasQueue && ringing.queued === undefined;
  const queued = isLater ? enter(ringing, at) : undefined;
  if (queued !== undefined) return queued;
  const free = freeOf(step, ringing.tried, at);
  if (free.length > 0) {
    return ring({ ...ringing, until: at.now + step.ringMs }, free);
  }
  const isWaiting = ringing.tried.length === 0 && at.now < ringing.until;
  if (isWaiting) return stay(ringing);
  return queue(ringing, at) ?? nextStep(ringing, at);
}

/** R10: the contact waits if a member is busy. */
function queue(ringing: Ringing, at: RoutingAt): RoutingStep | undefined {
  const isBusy = ringing.busy.length > 0 ||
    at.route.steps[ringing.step]?.agents.some((one) => at.agents.isBusy(one));
  return isBusy ? enter(ringing, at) : undefined;
}

/** Enters the queue, or takes the place there again. */
function enter(
  { step, next, tried, busy, queued }: Ringing,
  { route: { queueMs }, now, wall }: RoutingAt,
): RoutingStep | undefined {
  if (step > 0 || queueMs === undefined) return undefined;
  const { since, until } = queued ?? { since: wall, until: now + queueMs };
  if (now >= until) return undefined;
  const declined = tried.filter((address) => !busy.includes(address));
  return stay({ state: "queued", since, until, next, declined });
}

function nextStep(ringing: Ringing, at: RoutingAt): RoutingStep {
  const { queued: _, ...rest } = ringing;
  const step = ringing.step + 1;
  const next = { ...rest, step, tried: [], until: at.now, busy: [] };
  return proceed(next, at);
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

function without(addresses: readonly string[], one: string): string[] {
  return addresses.filter((address) => address !== one);
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
