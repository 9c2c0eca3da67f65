import type * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import type { Author, Change } from "@/lib/model/audit.ts";
import { AuditLog } from "./audit_log.ts";
import type { StoreEngine } from "./store_engine.ts";
import { commitWithRetry } from "./commit_with_retry.ts";
import { get, type Stored } from "./stored.ts";

/**
 * A value that the operator or the program sets once, with its name in the
 * store and its schema.
 */
export interface Setting<T> {
  name: string;
  schema: v.GenericSchema<unknown, T>;
}

const key = { one: (name: string) => ["setting", name] };

/** Small settings that are not in the environment, by name. */
export class SettingsStore {
  readonly #kv: StoreEngine;
  readonly #audit: AuditLog;

  constructor(kv: StoreEngine, clock: Pick<Clock, "now">) {
    this.#kv = kv;
    this.#audit = new AuditLog(kv, clock);
  }

  /** Returns the setting; undefined if it was never set. */
  async get<T>({ name, schema }: Setting<T>): Promise<Stored<T> | undefined> {
    return await get(this.#kv, key.one(name), schema);
  }

  /** Sets it, whatever its value was. */
  async set<T>({ name }: Setting<T>, value: T): Promise<void> {
    await this.#kv.set(key.one(name), value);
  }

  /** Sets it, and writes the change into the audit log. */
  async change<T>(
    { name }: Setting<T>,
    value: T,
    { by, change }: { by: Author; change: Change },
  ): Promise<void> {
    const commit = this.#kv.atomic().set(key.one(name), value);
    this.#audit.add(commit, by, change);
    await commit.commit();
  }

  /** Sets it to what `change` makes of its value, which is undefined if it is
   * not set. Of several simultaneous changes, none is lost. */
  async update<T>(
    { name, schema }: Setting<T>,
    change: (before: T | undefined) => T,
  ): Promise<void> {
    const own = key.one(name);
    await commitWithRetry(`set ${name}`, async () => {
      const before = await get(this.#kv, own, schema);
      const versionstamp = before?.revision ?? null;
      const { ok } = await this.#kv.atomic()
        .check({ key: own, versionstamp }).set(own, change(before?.value))
        .commit();
      return ok || undefined;
    });
  }

  /** Sets it if it is not set yet. Returns whether this call did. */
  async setFirst<T>({ name }: Setting<T>, value: T): Promise<boolean> {
    const own = key.one(name);
    const { ok } = await this.#kv.atomic()
      .check({ key: own, versionstamp: null }).set(own, value).commit();
    return ok;
  }

  async delete({ name }: Setting<unknown>): Promise<void> {
    await this.#kv.delete(key.one(name));
  }
}
