import type { Clock } from "@/lib/base/clock.ts";
import { DAY_MS } from "@/lib/base/times.ts";
import { computeHours } from "@/lib/hours/compute_hours.ts";
import { hoursOf, type OpenState, stateAt } from "@/lib/hours/opening.ts";
import type { OpeningHours } from "@/lib/model/hours.ts";
import type { WidgetContent } from "@/lib/model/widget.ts";
import type { Closed } from "@/lib/protocol/visitor/describe.ts";

/** Time after which the host's clock is checked, because it may jump. */
const LOOK_MS = 20_000;

/** Time after which a state without a change is computed again. */
const VALID_MS = DAY_MS;

interface Followed {
  hours: OpeningHours;
  state: OpenState;
}

/** Follows the opening hours of one widget's agents, with one timer. */
export class HoursWatch implements Disposable {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  /** By address; agents without hours are missing. */
  readonly #agents = new Map<string, Followed>();
  #timer: Disposable | undefined;
  /** When the states were computed, by the host's clock, and until when they are
   * valid. */
  #computedAt = 0;
  #validUntil = 0;

  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Follows the hours of this content instead of those before. Reports no
   * change. */
  follow(content: WidgetContent): void {
    this.#agents.clear();
    for (const agent of content.agents) {
      const hours = hoursOf(content, agent);
      if (hours === undefined) continue;
      this.#agents.set(agent.address, { hours, state: { isOpen: true } });
    }
    this.#compute();
  }

  /** Undefined while the agent's hours, if there are any, are open. */
  closed(address: string): Closed | undefined {
    const state = this.#agents.get(address)?.state;
    if (state === undefined || state.isOpen) return undefined;
    const { changesAt: opensAt } = state;
    return opensAt === undefined ? {} : { opensAt };
  }

  /** Returns when the agent's opening time ends, in ms since 1970; undefined if
   * it is not known. */
  closesAt(address: string): number | undefined {
    const state = this.#agents.get(address)?.state;
    return state?.isOpen ? state.changesAt : undefined;
  }

  /** Reports a change before the timer does. */
  look(): void {
    if (!this.#isOutdated) return;
    this.#compute();
    this.#onChange();
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
  }

  get #isOutdated(): boolean {
    const now = this.#clock.wall();
    return now < this.#computedAt || now >= this.#validUntil;
  }

  #compute(): void {
    const now = this.#computedAt = this.#clock.wall();
    this.#validUntil = now + VALID_MS;
    // Most agents of a widget share its hours.
    const states = new Map<OpeningHours, OpenState>();
    for (const followed of this.#agents.values()) {
      const { hours } = followed;
      const state = states.get(hours) ?? safeStateAt(hours, now);
      states.set(hours, state);
      followed.state = state;
      const { changesAt = Infinity } = state;
      this.#validUntil = Math.min(this.#validUntil, changesAt);
    }
    this.#wait();
  }

  #wait(): void {
    this.#timer?.[Symbol.dispose]();
    if (this.#agents.size === 0) return;
    const waitMs = Math.max(1, this.#validUntil - this.#clock.wall());
    this.#timer = this.#clock.after(Math.min(LOOK_MS, waitMs), () => {
      if (this.#isOutdated) this.look();
      else this.#wait();
    });
  }
}

/** Hours in an unknown time zone limit nothing. */
function safeStateAt(hours: OpeningHours, at: number): OpenState {
  return computeHours(() => stateAt(hours, at), { isOpen: true });
}
