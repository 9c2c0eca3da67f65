import process from "node:process";
import { getLogger } from "@logtape/logtape";
import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import { newToken } from "@/lib/base/ids.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { StoreEngine } from "./store_engine.ts";
import { get } from "./stored.ts";

const log = getLogger(["widgets", "store"]);

const KEY = ["lease"];
const HEARTBEAT_MS = 2_000;
/** A lease without a heartbeat for this long is free. */
const EXPIRES_MS = 10_000;

const Lease = v.object({
  id: v.string(),
  host: v.string(),
  pid: v.number(),
  /** Time of the last heartbeat, in milliseconds since 1970. */
  at: v.number(),
});
type Lease = v.InferOutput<typeof Lease>;

/** The process that owns a store. */
export const StoreOwner = v.object({ host: v.string(), pid: v.number() });
export type StoreOwner = v.InferOutput<typeof StoreOwner>;

export type NotClaimed =
  | { reason: "in-use"; by: StoreOwner | undefined }
  /** No permission to write, or the server cannot be reached. */
  | { reason: "unusable"; cause: unknown };

/** Ownership of a store that several hosts can reach, held by a heartbeat. */
export class StoreLease implements AsyncDisposable {
  readonly #kv: StoreEngine;
  readonly #clock: Clock;
  readonly #lease: Omit<Lease, "at">;
  readonly #lost = Promise.withResolvers<void>();
  readonly lost: Promise<void> = this.#lost.promise;
  #timer: Disposable;
  #isDisposed = false;

  private constructor(
    kv: StoreEngine,
    { clock, lease }: { clock: Clock; lease: Omit<Lease, "at"> },
  ) {
    this.#kv = kv;
    this.#clock = clock;
    this.#lease = lease;
    this.#timer = this.#next();
  }

  /**
   * Takes the lease of a store. One that is older than `EXPIRES_MS`, or whose
   * process on this host has ended, is free; any other is refused.
   */
  static async take(
    kv: StoreEngine,
    { clock, host, pid, isAlive = isRunning }: StoreOwner & {
      clock: Clock;
      /** True if a process of this host is running. */
      isAlive?: (pid: number) => boolean;
    },
  ): Promise<Result<StoreLease, NotClaimed>> {
    const now = await get(kv, KEY, Lease);
    if (now !== undefined) {
      const { value: owner } = now;
      const isFresh = clock.wall() - owner.at < EXPIRES_MS;
      const hasEnded = owner.host === host && !isAlive(owner.pid);
      if (isFresh && !hasEnded) {
        return err({
          reason: "in-use",
          by: { host: owner.host, pid: owner.pid },
        });
      }
    }
    const lease = { id: newToken(), host, pid };
    const { ok: isTaken } = await kv.atomic()
      .check({ key: KEY, versionstamp: now?.revision ?? null })
      .set(KEY, { ...lease, at: clock.wall() } satisfies Lease)
      .commit();
    if (!isTaken) return err({ reason: "in-use", by: undefined });
    return ok(new StoreLease(kv, { clock, lease }));
  }

  /** Gives the lease back, so that the next process can start immediately. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    this.#timer[Symbol.dispose]();
    const now = await get(this.#kv, KEY, Lease).catch(() => undefined);
    if (now?.value.id !== this.#lease.id) return;
    await this.#kv.atomic()
      .check({ key: KEY, versionstamp: now.revision }).delete(KEY).commit()
      .catch(() => {}); // It expires.
  }

  #next(): Disposable {
    return this.#clock.after(HEARTBEAT_MS, async () => {
      await this.#beat();
      if (!this.#isDisposed) this.#timer = this.#next();
    });
  }

  async #beat(): Promise<void> {
    try {
      const now = await get(this.#kv, KEY, Lease);
      if (this.#isDisposed) return;
      if (now?.value.id !== this.#lease.id) return this.#lost.resolve();
      await this.#kv.atomic()
        .check({ key: KEY, versionstamp: now.revision })
        .set(KEY, { ...this.#lease, at: this.#clock.wall() } satisfies Lease)
        .commit();
    } catch (error) {
      log.warn("Cannot renew the lease of the store: {error}", { error });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0); // Sends nothing.
  } catch (error) {
    const isGone = error instanceof Error && "code" in error &&
      error.code === "ESRCH";
    return !isGone;
  }
}
