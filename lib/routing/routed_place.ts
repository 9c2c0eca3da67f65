import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import type { Queued } from "@/lib/contact/ports.ts";
import type { Routing } from "./routing_state.ts";
import type { TeamQueues } from "./team_queues.ts";
import { minutesLeft, type TeamWaits } from "./team_waits.ts";

/** The estimate gets smaller while the visitor waits. */
const ESTIMATE_EVERY_MS = 20_000;

export interface RoutedPlaceParts {
  clock: Clock;
  queues: TeamQueues;
  waits: TeamWaits;
  /** It is the first contact of the queue. */
  turn(): void;
  /** The visitor sees another position or estimate. */
  moved(place: Queued): void;
  /** The contact has left the queue. */
  left?(queued: LeftQueue): void;
}

/** A contact that has left the queue of a team. */
export interface LeftQueue {
  /** The widget's uuid and the team's address. */
  team: string;
  waitMs: number;
  /** False if it left without an agent. */
  isAnswered: boolean;
}

/** The place of one contact in the queue of its team, while it has one. */
export class RoutedPlace {
  readonly #contact: { id: string; team: string };
  readonly #parts: RoutedPlaceParts;
  #place: DisposableStack | undefined;
  #since = 0;
  #position: number | undefined;
  /** The team's usual wait at this hour, in ms. */
  #usualMs: number | undefined;
  /** True while it is its turn and an agent rings. */
  #isRinging = false;
  #isReleased = false;

  constructor(contact: { id: string; team: string }, parts: RoutedPlaceParts) {
    this.#contact = contact;
    this.#parts = parts;
  }

  /** Takes or leaves the place, as the state needs it. */
  follow(state: Routing): void {
    const place = placeOf(state);
    const wasRinging = this.#isRinging;
    this.#isRinging = state.state === "ringing";
    if (place === undefined) return this.#leave(state.state === "answered");
    if (this.#place === undefined) return this.#join(place.since);
    if (wasRinging) this.#tell();
  }

  /** The contact continues elsewhere, so it has not left the queue. */
  release(): void {
    this.#isReleased = true;
  }

  #join(since: number): void {
    const { queues, waits, clock, turn } = this.#parts;
    const { id, team } = this.#contact;
    this.#since = since;
    const place = new DisposableStack();
    this.#place = place;
    place.use(queues.join(team, {
      ...{ id, since, turn },
      moved: (position) => {
        this.#position = position;
        this.#tell();
      },
    }));
    place.use(every(clock, ESTIMATE_EVERY_MS, () => this.#tell()));
    waits.of(team).then((usualMs) => {
      this.#usualMs = usualMs;
      if (this.#place === place) this.#tell();
    });
  }

  #leave(isAnswered: boolean): void {
    if (this.#place === undefined) return;
    this.#place.dispose();
    this.#place = this.#position = undefined;
    if (this.#isReleased) return;
    const { clock, left } = this.#parts;
    const waitMs = Math.max(0, clock.wall() - this.#since);
    left?.({ team: this.#contact.team, waitMs, isAnswered });
  }

  #tell(): void {
    const position = this.#position;
    if (position === undefined || this.#isRinging) return;
    const since = this.#since;
    const waitedMs = this.#parts.clock.wall() - since;
    const minutes = minutesLeft(this.#usualMs, waitedMs);
    const estimate = minutes === undefined ? {} : { minutes };
    this.#parts.moved({ type: "queued", position, since, ...estimate });
  }
}

function placeOf(state: Routing): { since: number } | undefined {
  if (state.state === "queued") return state;
  return state.state === "ringing" ? state.queued : undefined;
}
