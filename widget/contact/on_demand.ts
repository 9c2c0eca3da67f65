import type { Clock } from "@/lib/base/clock.ts";

/** Time before the next try if the code could not be loaded. */
const RETRY_MS = 3_000;

export interface OnDemandEvents {
  clock: Pick<Clock, "after">;
  /** Called when the code is there, and when it is time for another try. */
  changed(): void;
  /** Called if the code could not be loaded. */
  failed?(): void;
}

/** Code that loads when it is first needed. */
export class OnDemand<Code> {
  readonly #load: () => Promise<Code>;
  readonly #events: OnDemandEvents;
  #code: Code | undefined;
  /** True from the first try on, except when it is time for another one. */
  #isBusy = false;

  constructor(load: () => Promise<Code>, events: OnDemandEvents) {
    this.#load = load;
    this.#events = events;
  }

  /** The code, if it has loaded. */
  get code(): Code | undefined {
    return this.#code;
  }

  /** Returns the code, or begins to load it. */
  need(): Code | undefined {
    if (!this.#isBusy) this.#begin();
    return this.#code;
  }

  async #begin(): Promise<void> {
    const { clock, changed, failed } = this.#events;
    this.#isBusy = true;
    try {
      this.#code = await this.#load();
      changed();
    } catch {
      clock.after(RETRY_MS, () => {
        this.#isBusy = false;
        changed();
      });
      failed?.();
    }
  }
}
