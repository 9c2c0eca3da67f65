import type { Transition } from "@/lib/base/machine.ts";
import type { Route } from "@/lib/model/route.ts";
import type { AgentTimes } from "./in_turn.ts";

/**
 * The way of one contact with a team, until an agent answers.
 *
 *            a member is busy
 *         queued <--------+
 *          |  | turn      |
 *          |  +-------+   |
 *          |   begin  v   |   answered
 *     new -|--------> ringing -----------> answered
 *      |   |           ^  |  |                 |
 *      |   |           +--+  | no step is left |
 *      |   |    time, ended, | hang-up         | ended,
 *      |   | hang-up   free  v                 | hang-up
 *      +---+----------> over <-----------------+
 */
export type Routing =
  | { state: "new" }
  | Ringing
  | QueuedRouting
  | { state: "answered"; leg: RouteLeg }
  | { state: "over" };

/** The try to reach one agent. */
export interface RouteLeg {
  /** Different for all legs of the contact. */
  n: number;
  address: string;
}

export interface Ringing {
  state: "ringing";
  /** The place of the step in the route. */
  step: number;
  legs: readonly RouteLeg[];
  /** The agents who are not rung: they were rung in this step, or have declined
   * the contact while it was in the queue, and were free since then. */
  tried: readonly string[];
  /** The number of the next leg. */
  next: number;
  /** The end of the ringing, or of the wait for a free agent. */
  until: number;
  /** The cause with which the contact ends if nobody is left. */
  cause: number;
  /** The agents of this step who are there, but could not be rung. */
  busy: readonly string[];
  /** The place in the queue, which the contact keeps while it is its turn. */
  queued?: Place;
}

interface Place {
  /** When the contact came into the queue: the order of all contacts. */
  since: number;
  /** When it leaves the queue for the next step. */
  until: number;
}

export interface QueuedRouting extends Place {
  state: "queued";
  next: number;
  /** The members who did not answer, and were free since then. */
  declined: readonly string[];
  /** After a restart: until then, agents who are not there may come back. */
  backUntil?: number;
}

export type RoutingEvent =
  /** `waitMs` is how long the first step waits for agents to be free: after a
   * restart they are not known yet. `next` is the number of the first leg. */
  | {
    type: "begin";
    next?: number;
    waitMs?: number;
    /** Its place in the queue before a restart, and for how long it stays. */
    queued?: { since: number; leftMs: number };
  }
  /** The contact is the first one of the queue, and an agent may be free. */
  | { type: "turn" }
  /** An agent who was not free can be rung now. */
  | { type: "free"; address: string }
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
  /** True if the agent is there, and busy. */
  isBusy(address: string): boolean;
}

export interface RoutingAt {
  now: number;
  /** The time by which contacts are in order. */
  wall: number;
  /** True if contacts wait in the queue of the team. */
  hasQueue: boolean;
  /** False outside opening hours: nobody is rung. */
  isOpen: boolean;
  route: Route;
  agents: AgentStates;
}

export function over(cause: number): RoutingStep {
  return { state: { state: "over" }, effects: [{ type: "end", cause }] };
}

export function stay(state: Routing): RoutingStep {
  return { state, effects: [] };
}
