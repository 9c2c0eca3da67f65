import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { type Counters, NOT_COUNTED } from "@/lib/base/counters.ts";
import type { StatisticsStore } from "@/lib/store/statistics_store.ts";
import { countedOf, type Happening } from "./counting.ts";
import { Pending } from "./pending.ts";

const log = getLogger(["widgets", "statistics"]);

/** Time for which counts stay in memory, which is the maximum loss in a
 * crash. */
export const WRITE_MS = 10_000;
/** Maximum number of rows in memory, 100 to 400 bytes each: at most about 20
 * MB. */
const ROWS_MAX = 50_000;

export interface StatisticsOptions {
  store: Pick<StatisticsStore, "add">;
  clock: Clock;
  /** Counts `statistics_lost`: events that were not counted. */
  counters?: Counters;
  rowsMax?: number;
}

/** Counts events of widgets by hour, widget and agent, without anything that
 * identifies a visitor. Writes the counts every WRITE_MS. */
export class Statistics implements Disposable {
  readonly #store: StatisticsOptions["store"];
  readonly #clock: Clock;
  readonly #counters: Counters;
  readonly #pending: Pending;
  #timer: Disposable | undefined;
  /** Batches are written one after the other. */
  #written: Promise<void> = Promise.resolve();

  constructor(options: StatisticsOptions) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#counters = options.counters ?? NOT_COUNTED;
    this.#pending = new Pending(options.rowsMax ?? ROWS_MAX);
  }

  /** Number of rows that wait to be written. */
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

  /** Writes the waiting counts. Resolves when they, and all earlier ones, are
   * stored or discarded. */
  write(): Promise<void> {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    const rows = this.#pending.take();
    if (rows.length === 0) return this.#written;
    return this.#written = this.#written.then(async () => {
      try {
        await this.#store.add(rows);
      } catch (error) {
        // Don't retry: a part may be stored, and nothing must be counted twice.
        log.error("Cannot store statistics: {error}", { error });
        this.#counters.count("statistics_lost");
      }
    });
  }

  /** Stops the timer; only `write` writes the waiting counts. */
  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
  }
}
