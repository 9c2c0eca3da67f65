import { CAUSE } from "@/lib/base/causes.ts";
import type { Clock } from "@/lib/base/clock.ts";
import { legId } from "@/lib/base/ids.ts";
import { Machine } from "@/lib/base/machine.ts";
import { assertNever } from "@/lib/base/assert_never.ts";
import type { AgentPort, Queued } from "@/lib/contact/ports.ts";
import type { AnsweredBy, Route } from "@/lib/model/route.ts";
import { type LeftQueue, RoutedPlace } from "./routed_place.ts";
import { RouteWatch } from "./route_watch.ts";
import { routingDueAt, stepRouting } from "./routing.ts";
import type {
  RouteLeg,
  Routing,
  RoutingEffect,
  RoutingEvent,
} from "./routing_state.ts";
import type { TeamQueues } from "./team_queues.ts";
import type { TeamWaits } from "./team_waits.ts";
import type { Turns } from "./turns.ts";

/** A call or chat on its way to an agent: the members in which they differ. */
export interface RoutedKind<Command, Event> {
  /** Rings an agent under this id. */
  open(leg: AnsweredBy, tell: (event: Event) => void): OpenLeg<Command>;
  /** The part of an event that decides about the way. */
  meaningOf(event: Event): "alerting" | "answered" | LegEnd | "other";
  /** Returns the same event, with the agent who has answered. */
  withAgent(event: Event, by: AnsweredBy): Event;
  alerting: Event;
  terminated(cause: number): Event;
  queued(place: Queued): Event;
  hangUp(cause: number): Command;
  /** The cause of a command that ends the contact. */
  causeOf(command: Command): number | undefined;
  /** True for commands that agents need before one of them has answered. */
  isForRinging(command: Command): boolean;
  /** True for a command that agents need too who are rung later, false for one
   * that revokes it. */
  isForLater(command: Command): boolean | undefined;
  needsChat: boolean;
}

export interface LegEnd {
  cause: number;
}

export interface OpenLeg<Command> {
  send(command: Command): void;
  leave?(): void;
}

/** The part of a beginning that is known after a restart. */
export type Resumed = Omit<Extract<RoutingEvent, { type: "begin" }>, "type">;

export interface RoutedContact {
  id: string;
  route: Route;
  /** The queue of its team. */
  team: string;
  /** Set for a contact that was ringing or waiting before a restart. */
  resumed?: Resumed;
}

export interface RoutingParts {
  clock: Clock;
  watch: AgentPort["watch"];
  turns: Turns;
  queues: TeamQueues;
  waits: TeamWaits;
  left?(queued: LeftQueue): void;
}

interface Rung<Command, Event> {
  leg: RouteLeg;
  open?: OpenLeg<Command>;
  /** Events that arrived before the answer. */
  early: Event[];
}

/** Runs the state machine of routing.ts for one contact. For the bridge it is the
 * leg of one agent. */
export class RoutedLeg<Command, Event> implements OpenLeg<Command> {
  readonly #contact: RoutedContact;
  readonly #kind: RoutedKind<Command, Event>;
  readonly #parts: RoutingParts;
  readonly #tell: (event: Event) => void;
  readonly #machine: Machine<Routing, RoutingEvent, RoutingEffect>;
  readonly #watch: RouteWatch;
  /** By the number of the leg. */
  readonly #rung = new Map<number, Rung<Command, Event>>();
  #answered: Rung<Command, Event> | undefined;
  readonly #place: RoutedPlace;
  /** The place that the visitor sees, or saw before an agent was notified. */
  #shown: Queued | undefined;
  #hasAlerted = false;
  /** A command for agents who are rung later. */
  #later: Command | undefined;

  constructor(
    contact: RoutedContact,
    tell: (event: Event) => void,
    { kind, ...parts }: RoutingParts & { kind: RoutedKind<Command, Event> },
  ) {
    this.#contact = contact;
    this.#kind = kind;
    this.#parts = parts;
    this.#tell = tell;
    const { clock, watch } = parts;
    this.#place = new RoutedPlace(contact, {
      ...parts,
      turn: () => this.#machine.dispatch({ type: "turn" }),
      moved: (place) => this.#queued(place),
    });
    this.#machine = new Machine<Routing, RoutingEvent, RoutingEffect>({
      initial: { state: "new" },
      step: (state, event, now) => this.#step(state, event, now),
      onChange: (state) => this.#place.follow(state),
      perform: (effect) => this.#perform(effect),
      clock,
      dueAt: routingDueAt,
    });
    this.#watch = new RouteWatch(contact.route, {
      watch,
      needsChat: kind.needsChat,
      onFree: (address) => {
        this.#machine.dispatch({ type: "free", address });
        parts.queues.poke(contact.team);
      },
    });
    const { resumed } = contact;
    queueMicrotask(() => this.#machine.dispatch({ type: "begin", ...resumed }));
  }

  send(command: Command): void {
    if (this.#answered !== undefined) return this.#answered.open?.send(command);
    const cause = this.#kind.causeOf(command);
    if (cause !== undefined) {
      return this.#machine.dispatch({ type: "hang-up", cause });
    }
    if (!this.#kind.isForRinging(command)) return;
    const isForLater = this.#kind.isForLater(command);
    if (isForLater !== undefined) {
      this.#later = isForLater ? command : undefined;
    }
    for (const { open } of this.#rung.values()) open?.send(command);
  }

  leave(): void {
    if (this.#answered?.open?.leave) return this.#answered.open.leave();
    this.#place.release();
    this.send(this.#kind.hangUp(CAUSE.temporaryFailure));
  }

  /** The contact continues elsewhere, and begins its way there again. */
  release(): void {
    if (this.#answered !== undefined) return;
    this.#place.release();
    this.send(this.#kind.hangUp(CAUSE.temporaryFailure));
  }

  #step(state: Routing, event: RoutingEvent, now: number) {
    const { route, team } = this.#contact;
    const { turns, queues, clock } = this.#parts;
    return stepRouting(state, event, {
      now,
      wall: clock.wall(),
      route,
      hasQueue: queues.size(team) > 0,
      isOpen: clock.wall() < (route.closesAt ?? Infinity),
      agents: {
        isFree: (address) => this.#watch.isFree(address),
        isBusy: (address) => this.#watch.isBusy(address),
        rungAt: (address) => turns.rungAt(address),
        idleSince: (address) => turns.idleSince(address),
      },
    });
  }

  #perform(effect: RoutingEffect): void {
    switch (effect.type) {
      case "ring":
        return this.#ring(effect.leg);
      case "cancel": {
        const rung = this.#rung.get(effect.leg.n);
        this.#rung.delete(effect.leg.n);
        return rung?.open?.send(this.#kind.hangUp(effect.cause));
      }
      case "answered":
        return this.#connect(effect.leg);
      case "end":
        this.#watch[Symbol.dispose]();
        return this.#tell(this.#kind.terminated(effect.cause));
      default:
        return assertNever(effect);
    }
  }

  #ring(leg: RouteLeg): void {
    const rung: Rung<Command, Event> = { leg, early: [] };
    this.#rung.set(leg.n, rung);
    this.#parts.turns.rung(leg.address, this.#parts.clock.wall());
    rung.open = this.#kind.open(
      this.#agentOf(leg),
      (event) => this.#hear(rung, event),
    );
    if (this.#later !== undefined) rung.open.send(this.#later);
  }

  #hear(rung: Rung<Command, Event>, event: Event): void {
    const { leg: { n } } = rung;
    if (this.#rung.get(n) !== rung) return; // It was cancelled.
    const meaning = this.#kind.meaningOf(event);
    if (typeof meaning === "object") {
      if (rung === this.#answered) this.#idle(rung.leg);
      this.#rung.delete(n);
      return this.#machine.dispatch({ type: "ended", n, ...meaning });
    }
    if (rung === this.#answered) return this.#tell(event);
    if (meaning === "alerting") return this.#alert();
    rung.early.push(event);
    if (meaning === "answered") this.#machine.dispatch({ type: "answered", n });
  }

  /** The visitor sees the place until an agent is notified again. */
  #queued(place: Queued): void {
    const { position, minutes } = this.#shown ?? {};
    const isSame = position === place.position && minutes === place.minutes;
    if (isSame && !this.#hasAlerted) return;
    this.#hasAlerted = false;
    this.#shown = place;
    this.#tell(this.#kind.queued(place));
  }

  #alert(): void {
    if (this.#hasAlerted) return;
    this.#hasAlerted = true;
    this.#tell(this.#kind.alerting);
  }

  #connect(leg: RouteLeg): void {
    const rung = this.#rung.get(leg.n);
    if (rung === undefined) return;
    this.#answered = rung;
    this.#watch[Symbol.dispose]();
    const by = this.#agentOf(leg);
    for (const event of rung.early.splice(0)) {
      const isAnswer = this.#kind.meaningOf(event) === "answered";
      this.#tell(isAnswer ? this.#kind.withAgent(event, by) : event);
    }
  }

  #idle({ address }: RouteLeg): void {
    const { turns, queues, clock } = this.#parts;
    turns.ended(address, clock.wall());
    queues.poke(this.#contact.team);
  }

  #agentOf({ address, n }: RouteLeg): AnsweredBy {
    return { address, leg: legId(this.#contact.id, n) };
  }
}
