import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { type Counters, NOT_COUNTED } from "@/lib/base/counters.ts";
import type { StatisticsStore } from "@/lib/store/statistics_store.ts";
import { countedOf, type Happening } from "./counting.ts";
import { Pending } from "./pending.ts";

const log = getLogger(["widgets", "statistics"]);

/** How long counts wait in memory: as much is lost when the machine fails. */
export const WRITE_MS = 10_000;
/** Rows in memory, 100 to 400 bytes each: about 20 MB at the very most. */
const ROWS_MAX = 50_000;

export interface StatisticsOptions {
  store: Pick<StatisticsStore, "add">;
  clock: Clock;
  /** Counts `statistics_lost`: what was not counted. */
  counters?: Counters;
  rowsMax?: number;
}

/** Counts what happens with widgets: numbers by hour, widget and agent, and
 * nothing that tells who a visitor is. They are written every WRITE_MS. */
export class Statistics implements Disposable {
  readonly #store: StatisticsOptions["store"];
  readonly #clock: Clock;
  readonly #counters: Counters;
  readonly #pending: Pending;
  #timer: Disposable | undefined;
  /** One batch after the other. */
  #written: Promise<void> = Promise.resolve();

  constructor(options: StatisticsOptions) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#counters = options.counters ?? NOT_COUNTED;
    this.#pending = new Pending(options.rowsMax ?? ROWS_MAX);
  }

  /** Rows that wait to be written. */
  get pending(): number {
    return this.#pending.size;
  }

  count(happening: Happening): void {
    const counted = countedOf(happening, this.#clock.wall());
    if (!this.#pending.add(counted)) {
      return this.#counters.count("statistics_lost");
    }
    this.#timer ??= this.#clock.after(WRITE_MS, () => void this.write());
  }

  /** Writes what waits now. Resolves when it, and all before it, is stored or
   * given up. */
  write(): Promise<void> {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    const rows = this.#pending.take();
    if (rows.length === 0) return this.#written;
    return this.#written = this.#written.then(async () => {
      try {
        await this.#store.add(rows);
      } catch (error) {
        // Not again: part of it may be stored, and nothing is counted twice.
        log.error("Cannot store statistics: {error}", { error });
        this.#counters.count("statistics_lost");
      }
    });
  }

  /** Stops the timer; what waits is written by `write` alone. */
  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
  }
}
