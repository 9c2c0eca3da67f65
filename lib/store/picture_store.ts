import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { DAY_MS } from "@/lib/base/times.ts";
import {
  Picture,
  type PictureId,
  type PictureType,
} from "@/lib/model/picture.ts";
import type { StoreCommit, StoreEngine } from "./store_engine.ts";
import { sha256Hex } from "./sha256.ts";
import { get, has, list } from "./stored.ts";
import { tolerant } from "./unknown_members.ts";

/** Time for which an unused picture is kept, because its admin may still
 * save. */
export const UNUSED_PICTURE_MS = DAY_MS;

const SWEEP_PICTURES_MAX = 200;

const StoredPicture = v.strictObject({
  ...Picture.entries,
  /** Time of the last upload. */
  storedAt: v.number(),
});

const key = {
  one: (id: PictureId) => ["picture", id],
  all: { prefix: ["picture"] },
  /**
   * Written by each commit that refers to pictures and by each that deletes
   * some. If two run at the same time, one of them has to check again.
   */
  guard: ["picture_guard"],
};

/**
 * Pictures by the SHA-256 of their bytes, so equal pictures are stored once.
 */
export class PictureStore {
  readonly #kv: StoreEngine;
  readonly #clock: Pick<Clock, "now">;

  constructor(kv: StoreEngine, clock: Pick<Clock, "now">) {
    this.#kv = kv;
    this.#clock = clock;
  }

  /** Stores a picture of at most PICTURE_BYTES_MAX bytes; repeating it renews
   * it. */
  async put(
    type: PictureType,
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<PictureId> {
    const id: PictureId = sha256Hex(bytes);
    const storedAt = this.#clock.now();
    await this.#kv.set(key.one(id), { id, type, bytes, storedAt });
    return id;
  }

  async get(id: PictureId): Promise<Picture | undefined> {
    const stored = await get(this.#kv, key.one(id), StoredPicture);
    if (stored === undefined) return undefined;
    const { type, bytes } = stored.value;
    return { id, type, bytes };
  }

  /** Returns all pictures. An unreadable one is logged and left out. */
  async *list(): AsyncGenerator<Picture> {
    const all = list(this.#kv, key.all, StoredPicture, { batchSize: 10 });
    for await (const { value: { id, type, bytes } } of all) {
      yield { id, type, bytes };
    }
  }

  /**
   * Adds a check to a commit that all of `ids` are stored when it happens. The
   * commit fails if pictures were deleted meanwhile; then check again.
   */
  async require(
    ids: readonly PictureId[],
    commit: StoreCommit,
  ): Promise<Result<void, { reason: "no-picture"; id: PictureId }>> {
    if (ids.length === 0) return ok(undefined);
    const { versionstamp } = await this.#kv.get(key.guard);
    for (const id of ids) {
      const isStored = await has(this.#kv, key.one(id));
      if (!isStored) return err({ reason: "no-picture", id });
    }
    commit.check({ key: key.guard, versionstamp }).set(key.guard, true);
    return ok(undefined);
  }

  /**
   * Deletes some pictures that are older than UNUSED_PICTURE_MS and not in the
   * result of `used`. The caller repeats it until there are none left. Returns
   * their number; gives up if another user saves meanwhile. `used` must throw
   * rather than leave one out.
   */
  async sweep(used: () => Promise<Set<PictureId>>): Promise<number> {
    const { versionstamp } = await this.#kv.get(key.guard);
    const unused = await this.#unused(await used());
    if (unused.length === 0) return 0;
    const commit = this.#kv.atomic()
      .check({ key: key.guard, versionstamp }).set(key.guard, true);
    for (const { key } of unused) commit.delete(key);
    const { ok: swept } = await commit.commit();
    return swept ? unused.length : 0;
  }

  async #unused(used: Set<PictureId>): Promise<Deno.KvEntry<unknown>[]> {
    const before = this.#clock.now() - UNUSED_PICTURE_MS;
    const unused: Deno.KvEntry<unknown>[] = [];
    for await (const entry of this.#kv.list(key.all, { batchSize: 10 })) {
      const { success, output } = v.safeParse(
        tolerant(StoredPicture),
        entry.value,
      );
      if (!success || output.storedAt > before) continue;
      if (!used.has(output.id)) unused.push(entry);
      if (unused.length === SWEEP_PICTURES_MAX) break;
    }
    return unused;
  }
}
