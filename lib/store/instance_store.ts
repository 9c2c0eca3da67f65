import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import type { StoreEngine } from "./store_engine.ts";
import { get } from "./stored.ts";

/** An instance renews its row this often. */
export const RENEW_EVERY_MS = 3_000;
/** A row that was not renewed for this time belongs to a dead instance. */
export const VALID_MS = 10_000;
/** The rows of dead instances are deleted after this time. */
const DELETE_AFTER_MS = 60_000;

const Instance = v.object({
  /** Milliseconds since 1970. */
  until: v.number(),
  /** Version of the program. */
  version: v.string(),
});

/** The instances of the service that reach the store. It is slower than the
 * bus, and works while the bus is away. */
export class InstanceStore {
  readonly #kv: StoreEngine;
  readonly #clock: Pick<Clock, "now">;
  readonly #own: string;

  /** @param clock Shows milliseconds since 1970. */
  constructor(kv: StoreEngine, clock: Pick<Clock, "now">, own: string) {
    this.#kv = kv;
    this.#clock = clock;
    this.#own = own;
  }

  /** Records that this instance is alive. Must be called every
   * {@linkcode RENEW_EVERY_MS}. */
  async renew(version: string): Promise<void> {
    const until = this.#clock.now() + VALID_MS;
    const row: v.InferOutput<typeof Instance> = { until, version };
    await this.#kv.set(key(this.#own), row, { expireIn: DELETE_AFTER_MS });
  }

  /** Deletes the row of this instance, because it stops. */
  async remove(): Promise<void> {
    await this.#kv.delete(key(this.#own));
  }

  /** False if the instance has stopped, or did not renew its row in time. */
  async isAlive(id: string): Promise<boolean> {
    const row = await get(this.#kv, key(id), Instance);
    return row !== undefined && row.value.until > this.#clock.now();
  }
}

function key(id: string): Deno.KvKey {
  return ["instance", id];
}
