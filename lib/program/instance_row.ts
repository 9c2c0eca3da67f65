import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import {
  type InstanceStore,
  RENEW_EVERY_MS,
} from "@/lib/store/instance_store.ts";
import { VERSION } from "./version.ts";

const log = getLogger(["widgets", "cluster"]);

/** A store that does not answer for this time is away. The others learn of it
 * within 6 s, because a renewal begins every 3 s. */
const ANSWER_MS = 3_000;

export interface InstanceRowOptions {
  instances: Pick<InstanceStore, "renew" | "remove">;
  clock: Pick<Clock, "after">;
  /** The store has stopped answering this instance, or answers again. */
  changed(): void;
}

/** The row of this instance in the store, by which others know that it lives
 * while the bus is away. */
export class InstanceRow implements AsyncDisposable {
  readonly #options: InstanceRowOptions;
  readonly #renewing: Disposable;
  #running: Promise<void> | undefined;
  #isStoreOk = true;

  /** Writes the row. Rejects if that fails. */
  static async open(options: InstanceRowOptions): Promise<InstanceRow> {
    await options.instances.renew(VERSION);
    return new InstanceRow(options);
  }

  private constructor(options: InstanceRowOptions) {
    this.#options = options;
    const { clock } = options;
    this.#renewing = every(clock, RENEW_EVERY_MS, () => this.#renew());
  }

  /** False while the store does not answer this instance. */
  get isStoreOk(): boolean {
    return this.#isStoreOk;
  }

  /** Deletes the row, because this instance stops. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#renewing[Symbol.dispose]();
    await this.#running;
    await this.#options.instances.remove().catch((error) => {
      log.warn("Cannot delete the row of this instance: {error}", { error });
    });
  }

  /** Skips a renewal while the last one still waits for the store. */
  #renew(): void {
    this.#running ??= this.#tryOnce()
      .finally(() => this.#running = undefined);
  }

  async #tryOnce(): Promise<void> {
    const { clock, instances } = this.#options;
    using _late = clock.after(ANSWER_MS, () => {
      this.#setAway(`no answer within ${ANSWER_MS / 1_000} s`);
    });
    try {
      await instances.renew(VERSION);
      if (!this.#isStoreOk) log.info("The store answers this instance again");
      this.#set(true);
    } catch (error) {
      this.#setAway(error);
    }
  }

  #setAway(error: unknown): void {
    if (this.#isStoreOk) {
      log.error("The store does not answer this instance: {error}", { error });
    }
    this.#set(false);
  }

  #set(isStoreOk: boolean): void {
    if (this.#isStoreOk === isStoreOk) return;
    this.#isStoreOk = isStoreOk;
    this.#options.changed();
  }
}
