import process from "node:process";
import { getLogger } from "@logtape/logtape";
import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import { newToken } from "@/lib/base/ids.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { StoreEngine } from "./store_engine.ts";
import { get, list } from "./stored.ts";

const log = getLogger(["widgets", "store"]);

const KEY = ["lease"];
/** The leases of processes that share a store, each with its id. */
const SHARED = { prefix: ["shared_lease"] };
const HEARTBEAT_MS = 2_000;
/** A lease without a heartbeat for this long is free. */
const EXPIRES_MS = 10_000;
/** The leases of processes that were killed are deleted after this time. */
const DELETE_AFTER_MS = 60_000;

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
  | {
    reason: "in-use";
    by: StoreOwner | undefined;
    /** Set if only one of the two processes would share the store. */
    owner?: "shares" | "does not share";
  }
  /** No permission to write, or the server cannot be reached. */
  | { reason: "unusable"; cause: unknown };

export interface LeaseOptions extends StoreOwner {
  clock: Clock;
  /** True if a process of this host is running. */
  isAlive?: (pid: number) => boolean;
}

/** Ownership of a store that several hosts can reach, held by a heartbeat. */
export class StoreLease implements AsyncDisposable {
  readonly #kv: StoreEngine;
  readonly #clock: Clock;
  readonly #lease: Omit<Lease, "at">;
  readonly #isShared: boolean;
  readonly #lost = Promise.withResolvers<void>();
  readonly lost: Promise<void> = this.#lost.promise;
  #timer: Disposable;
  #isDisposed = false;
  /** The last renewal has failed, which is logged once. */
  #isFailing = false;

  private constructor(
    kv: StoreEngine,
    { clock, lease, isShared }: {
      clock: Clock;
      lease: Omit<Lease, "at">;
      isShared: boolean;
    },
  ) {
    this.#kv = kv;
    this.#clock = clock;
    this.#lease = lease;
    this.#isShared = isShared;
    this.#timer = this.#next();
  }

  /**
   * Takes the lease of a store for one process. One that is older than
   * `EXPIRES_MS`, or whose process on this host has ended, is free; any other
   * is refused.
   */
  static async take(
    kv: StoreEngine,
    options: LeaseOptions,
  ): Promise<Result<StoreLease, NotClaimed>> {
    const { clock, host, pid } = options;
    const now = await get(kv, KEY, Lease);
    if (now !== undefined && isHeld(now.value, options)) {
      return err({ reason: "in-use", by: ownerOf(now.value) });
    }
    const before = await sharedBy(kv, options);
    if (before !== undefined) return err(before);
    const lease = { id: newToken(), host, pid };
    const { ok: isTaken } = await kv.atomic()
      .check({ key: KEY, versionstamp: now?.revision ?? null })
      .set(KEY, { ...lease, at: clock.wall() } satisfies Lease)
      .commit();
    if (!isTaken) return err({ reason: "in-use", by: undefined });
    // One that shares it writes first and looks afterwards, too.
    const meanwhile = await sharedBy(kv, options);
    const taken = new StoreLease(kv, { clock, lease, isShared: false });
    if (meanwhile === undefined) return ok(taken);
    await taken[Symbol.asyncDispose]();
    return err(meanwhile);
  }

  /** Takes a lease that any number of processes can have. It is refused while
   * one process has taken the store for itself. */
  static async share(
    kv: StoreEngine,
    options: LeaseOptions,
  ): Promise<Result<StoreLease, NotClaimed>> {
    const { clock, host, pid } = options;
    const lease = { id: newToken(), host, pid };
    const shared = new StoreLease(kv, { clock, lease, isShared: true });
    try {
      await shared.#write();
      const now = await get(kv, KEY, Lease);
      if (now !== undefined && isHeld(now.value, options)) {
        await shared[Symbol.asyncDispose]();
        const by = ownerOf(now.value);
        return err({ reason: "in-use", by, owner: "does not share" });
      }
      // Its owner, which may only be suspended, learns of it.
      if (now !== undefined) {
        await kv.atomic()
          .check({ key: KEY, versionstamp: now.revision }).delete(KEY).commit();
      }
      return ok(shared);
    } catch (error) {
      await shared[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Gives the lease back, so that the next process can start immediately. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    this.#timer[Symbol.dispose]();
    // If this fails, it expires.
    if (this.#isShared) return await this.#kv.delete(this.#key).catch(() => {});
    const now = await get(this.#kv, KEY, Lease).catch(() => undefined);
    if (now?.value.id !== this.#lease.id) return;
    await this.#kv.atomic()
      .check({ key: KEY, versionstamp: now.revision }).delete(KEY).commit()
      .catch(() => {});
  }

  /** Its own key, if it is shared. */
  get #key(): Deno.KvKey {
    return [...SHARED.prefix, this.#lease.id];
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
      if (this.#isShared) {
        const isTaken = now !== undefined && this.#isFresh(now.value);
        if (isTaken) return this.#lost.resolve();
        await this.#write();
        return this.#renewed();
      }
      if (now?.value.id !== this.#lease.id) return this.#lost.resolve();
      await this.#kv.atomic()
        .check({ key: KEY, versionstamp: now.revision })
        .set(KEY, { ...this.#lease, at: this.#clock.wall() } satisfies Lease)
        .commit();
      this.#renewed();
    } catch (error) {
      if (!this.#isFailing) {
        log.warn("Cannot renew the lease of the store: {error}", { error });
      }
      this.#isFailing = true;
    }
  }

  #renewed(): void {
    if (this.#isFailing) log.info("The lease of the store is renewed again");
    this.#isFailing = false;
  }

  #isFresh({ at }: Lease): boolean {
    return this.#clock.wall() - at < EXPIRES_MS;
  }

  /** Writes a shared lease. */
  async #write(): Promise<void> {
    const lease: Lease = { ...this.#lease, at: this.#clock.wall() };
    await this.#kv.set(this.#key, lease, { expireIn: DELETE_AFTER_MS });
  }
}

/** Returns why a process cannot have the store for itself, if others share it. */
async function sharedBy(
  kv: StoreEngine,
  options: LeaseOptions,
): Promise<NotClaimed | undefined> {
  for await (const { value } of list(kv, SHARED, Lease)) {
    if (!isHeld(value, options)) continue;
    return { reason: "in-use", by: ownerOf(value), owner: "shares" };
  }
  return undefined;
}

/** False if the lease has expired, or its process on this host has ended. */
function isHeld(
  { host, pid, at }: Lease,
  { host: own, clock, isAlive = isRunning }: LeaseOptions,
): boolean {
  const hasEnded = host === own && !isAlive(pid);
  return clock.wall() - at < EXPIRES_MS && !hasEnded;
}

function ownerOf({ host, pid }: Lease): StoreOwner {
  return { host, pid };
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
