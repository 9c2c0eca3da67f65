import type { Clock } from "@/lib/base/clock.ts";
import type { AskedBus } from "./bus.ts";

/** Wait between two questions. A client needs about 150 ms to reconnect to NATS. */
const ASK_AGAIN_MS = 250;

/** Asks the bus whether a silent instance has ended. */
export class Suspicions implements Disposable {
  readonly #bus: Pick<AskedBus, "reaches">;
  readonly #clock: Pick<Clock, "after">;
  /** By subject: the wait for the second question. */
  readonly #running = new Map<string, Disposable | undefined>();

  constructor(
    bus: Pick<AskedBus, "reaches">,
    clock: Pick<Clock, "after">,
  ) {
    this.#bus = bus;
    this.#clock = clock;
  }

  /** Resolves to true if nothing listens to a subject, twice within 300 ms; to
   * false also if the question is already being asked. */
  async confirm(subject: string): Promise<boolean> {
    if (this.#running.has(subject)) return false;
    this.#running.set(subject, undefined);
    try {
      if (await this.#bus.reaches(subject)) return false;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#running.set(subject, this.#clock.after(ASK_AGAIN_MS, resolve));
      await promise;
      return !await this.#bus.reaches(subject);
    } finally {
      this.#running.delete(subject);
    }
  }

  [Symbol.dispose](): void {
    for (const wait of this.#running.values()) wait?.[Symbol.dispose]();
  }
}
