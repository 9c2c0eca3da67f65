import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import { newToken } from "@/lib/base/ids.ts";
import { get } from "./stored.ts";
import type { StoreEngine } from "./store_engine.ts";

/** A task that takes longer may run twice at the same time. */
export const TASK_MS_MAX = 10 * 60_000;

const Lease = v.object({
  id: v.string(),
  /** Latest end of the task, in ms since 1970. */
  until: v.number(),
});

const key = { lease: (task: string) => ["lease", task] };

/** Tasks that one instance at a time runs. */
export class TaskStore {
  readonly #kv: StoreEngine;
  readonly #clock: Pick<Clock, "now">;

  constructor(kv: StoreEngine, clock: Pick<Clock, "now">) {
    this.#kv = kv;
    this.#clock = clock;
  }

  /** Runs a task unless another instance is running it. Returns whether it
   * ran. If an instance dies meanwhile, its task is free after TASK_MS_MAX. */
  async run(task: string, run: () => Promise<void>): Promise<boolean> {
    const own = key.lease(task);
    const now = this.#clock.now();
    const found = await get(this.#kv, own, Lease);
    if (found !== undefined && isRunning(found.value.until, now)) return false;
    const lease = { id: newToken(), until: now + TASK_MS_MAX };
    const taken = await this.#kv.atomic()
      .check({ key: own, versionstamp: found?.revision ?? null })
      .set(own, lease, { expireIn: TASK_MS_MAX })
      .commit();
    if (!taken.ok) return false;
    try {
      await run();
    } finally {
      // If that fails, or another instance has taken it, nothing is lost.
      const { versionstamp } = taken;
      await this.#kv.atomic().check({ key: own, versionstamp }).delete(own)
        .commit().catch(() => {});
    }
    return true;
  }
}

/** A time too far ahead is that of a host whose clock was wrong. */
function isRunning(until: number, now: number): boolean {
  return until > now && until <= now + TASK_MS_MAX;
}
