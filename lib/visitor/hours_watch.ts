import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { hoursOf, type OpenState, stateAt } from "@/lib/hours/opening.ts";
import type { OpeningHours } from "@/lib/model/hours.ts";
import type { WidgetContent } from "@/lib/model/widget.ts";
import type { Closed } from "@/lib/protocol/visitor/describe.ts";

const log = getLogger(["widgets", "visitor"]);

/** Time after which the host's clock is checked, because it may jump. */
const LOOK_MS = 20_000;

/** The next change is looked for at least once a day. */
const KNOWN_MS = 86_400_000;

interface Followed {
  hours: OpeningHours;
  state: OpenState;
}

/** Follows the opening hours of one widget's agents, with one timer. */
export class HoursWatch implements Disposable {
  readonly #clock: Clock;
  readonly #onChange: (addresses: ReadonlySet<string>) => void;
  /** By address; agents without hours are missing. */
  readonly #agents = new Map<string, Followed>();
  #timer: Disposable | undefined;
  /** By the host's clock. */
  #lookedAt = 0;
  #nextAt = Infinity;

  constructor(
    clock: Clock,
    onChange: (addresses: ReadonlySet<string>) => void,
  ) {
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
    this.#wait();
  }

  /** Undefined while the agent's hours, if there are any, are open. */
  closed(address: string): Closed | undefined {
    const state = this.#agents.get(address)?.state;
    if (state === undefined || state.isOpen) return undefined;
    const { changesAt: opensAt } = state;
    return opensAt === undefined ? {} : { opensAt };
  }

  /** Reports what has changed by now, before the timer does. */
  look(): void {
    const now = this.#clock.wall();
    if (now < this.#nextAt && now >= this.#lookedAt) return;
    const changed = this.#compute();
    this.#wait();
    if (changed.size > 0) this.#onChange(changed);
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#agents.clear();
  }

  /** Returns the addresses whose state has changed. */
  #compute(): Set<string> {
    const now = this.#lookedAt = this.#clock.wall();
    this.#nextAt = now + KNOWN_MS;
    const changed = new Set<string>();
    // Most agents of a widget share its hours.
    const states = new Map<OpeningHours, OpenState>();
    for (const [address, followed] of this.#agents) {
      const { hours, state: before } = followed;
      const state = states.get(hours) ?? safeStateAt(hours, now);
      states.set(hours, state);
      followed.state = state;
      this.#nextAt = Math.min(this.#nextAt, state.changesAt ?? Infinity);
      const isSame = state.isOpen === before.isOpen &&
        (state.isOpen || state.changesAt === before.changesAt);
      if (!isSame) changed.add(address);
    }
    return changed;
  }

  #wait(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    if (this.#agents.size === 0) return;
    const waitMs = Math.max(1, this.#nextAt - this.#clock.wall());
    this.#timer = this.#clock.after(Math.min(LOOK_MS, waitMs), () => {
      this.#wait();
      this.look();
    });
  }
}

/** Hours in an unknown time zone limit nothing. They can only come from a program
 * that knows more time zones. */
function safeStateAt(hours: OpeningHours, at: number): OpenState {
  try {
    return stateAt(hours, at);
  } catch (error) {
    log.error("Cannot compute opening hours: {error}", { error });
    return { isOpen: true };
  }
}
