import type { Clock } from "@/lib/base/clock.ts";
import { AuditEntry, type Author, type Change } from "@/lib/model/audit.ts";
import type { StoreCommit, StoreEngine } from "./store_engine.ts";
import { deleteAll, has, list } from "./stored.ts";

const key = {
  one: (at: number, id: string) => ["audit", at, id],
  all: { prefix: ["audit"] },
  before: (at: number, id = "") => ({
    start: ["audit"],
    end: ["audit", at, id],
  }),
};

/** Every change by an administrator. It is written with the change or not at
 * all. */
export class AuditLog {
  readonly #kv: StoreEngine;
  readonly #clock: Pick<Clock, "now">;
  #count = 0;

  constructor(kv: StoreEngine, clock: Pick<Clock, "now">) {
    this.#kv = kv;
    this.#clock = clock;
  }

  /** Adds a log entry to the commit of a change. */
  add(commit: StoreCommit, by: Author, change: Change): void {
    // Keys of one millisecond are in the order of their ids.
    const order = String(this.#count++).padStart(9, "0");
    const entry = {
      id: `${order}-${crypto.randomUUID()}`,
      at: this.#clock.now(),
      by,
      change,
    };
    commit.set(key.one(entry.at, entry.id), entry);
  }

  /** Adds an entry from an archive; adding it twice has no effect. */
  async addAs(entry: AuditEntry): Promise<void> {
    await this.#kv.set(key.one(entry.at, entry.id), entry);
  }

  /** True if this entry is in the log. */
  async has({ at, id }: Pick<AuditEntry, "at" | "id">): Promise<boolean> {
    return await has(this.#kv, key.one(at, id));
  }

  /** Returns all entries, oldest first. */
  async *all(): AsyncGenerator<AuditEntry> {
    const all = list(this.#kv, key.all, AuditEntry);
    for await (const { value } of all) yield value;
  }

  /** Returns the newest entries, or those that are older than `after`. */
  async list(
    { limit, after }: { limit: number; after?: Pick<AuditEntry, "at" | "id"> },
  ): Promise<AuditEntry[]> {
    const range = after === undefined
      ? key.all
      : key.before(after.at, after.id);
    const newest = list(this.#kv, range, AuditEntry, { limit, reverse: true });
    return await Array.fromAsync(newest, ({ value }) => value);
  }

  /** Deletes the entries before a time. Returns their number. */
  async deleteBefore(time: number): Promise<number> {
    return await deleteAll(this.#kv, key.before(time));
  }
}
