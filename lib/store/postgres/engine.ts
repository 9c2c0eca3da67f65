import { Buffer } from "node:buffer";
import { getLogger } from "@logtape/logtape";
import type postgres from "postgres";
import { type Clock, systemClock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import type {
  Expiry,
  ListOptions,
  StoreEngine,
  StoreEntries,
  StoreRange,
} from "../store_engine.ts";
import { arrayOf, PostgresCommit, versionstampOf } from "./commit.ts";
import { failureOf, isReadOnly } from "./failure.ts";
import { decodeKey, encodeKey, encodeParts } from "./keys.ts";
import type { StoreNames } from "./schema.ts";
import type { Servers } from "./servers.ts";
import type { PostgresAddress } from "./url.ts";
import { decodeValue } from "./values.ts";

const log = getLogger(["widgets", "store"]);

/** Limits of Deno KV. */
const KEYS_PER_READ_MAX = 10;
const BATCH_MAX = 500;
const BATCH = 100;

/** After this time without an answer, the service looks for another server that
 * takes writes. Callers don't wait longer either. */
const SLOW_MS = 5_000;
/** A connection on which nothing is heard for this long is dropped. */
const DEAD_MS = 30_000;

const SWEEP_MS = 60_000;
const SWEPT_AT_ONCE = 1_000;

export interface EngineOptions {
  sql: postgres.Sql;
  servers: Pick<Servers, "drop" | "forget">;
  names: StoreNames;
  address: PostgresAddress;
  /** Tells when to delete expired values. */
  clock?: Pick<Clock, "after">;
}

interface Row {
  k: Buffer;
  v: Buffer;
  version: string;
}

/**
 * A store on PostgreSQL: one table, in which the order of the encoded keys is the
 * order of Deno's keys. A commit is one request. An expired value is hidden
 * immediately, by the clock of the server, and deleted within a minute or two.
 *
 * Versionstamps are unique and grow, but of two commits at the same time the one
 * with the later stamp may be seen first.
 */
export class PostgresEngine implements StoreEngine {
  readonly #options: EngineOptions;
  readonly #sweeping: Disposable;
  /** The sweep in flight. */
  #sweep: Promise<void> | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
    const { clock = systemClock } = options;
    this.#sweeping = every(clock, SWEEP_MS, () => void this.sweep());
  }

  async get(key: Deno.KvKey): Promise<Deno.KvEntryMaybe<unknown>> {
    const [row] = await this.#ask<Row>(`${this.#select} and k = $1::bytea`, [
      encodeKey(key),
    ]);
    return entryOf(key, row);
  }

  async getMany(keys: Deno.KvKey[]): Promise<Deno.KvEntryMaybe<unknown>[]> {
    if (keys.length > KEYS_PER_READ_MAX) {
      throw new TypeError(`Too many ranges (max ${KEYS_PER_READ_MAX})`);
    }
    const encoded = keys.map((key) => encodeKey(key));
    const rows = await this.#ask<Row>(
      `${this.#select} and k = any($1::bytea[])`,
      [arrayOf(encoded)],
    );
    const found = new Map(rows.map((row) => [row.k.toString("hex"), row]));
    return keys.map((key, n) =>
      entryOf(key, found.get(encoded[n]?.toString("hex") ?? ""))
    );
  }

  async *list(range: StoreRange, options: ListOptions = {}): StoreEntries {
    const { limit = Infinity, reverse = false } = options;
    const batch = options.batchSize ??
      Math.min(limit === Infinity ? BATCH : limit, BATCH_MAX);
    let { start, end } = boundsOf(range);
    for (let left = limit; left > 0;) {
      const rows = await this.#ask<Row>(
        `${this.#select} and k >= $1::bytea and k < $2::bytea` +
          ` order by k ${reverse ? "desc" : "asc"} limit $3::bigint`,
        [start, end, String(Math.min(batch, left))],
      );
      for (const row of rows) yield storedEntryOf(decodeKey(row.k), row);
      left -= rows.length;
      const last = rows.at(-1)?.k;
      if (last === undefined || rows.length < batch) return;
      if (reverse) end = last;
      else start = Buffer.concat([last, new Uint8Array(1)]);
    }
  }

  async set(
    key: Deno.KvKey,
    value: unknown,
    options?: Expiry,
  ): Promise<Deno.KvCommitResult> {
    const done = await this.atomic().set(key, value, options).commit();
    if (!done.ok) throw new Error("A commit without checks has failed");
    return done;
  }

  async delete(key: Deno.KvKey): Promise<void> {
    await this.atomic().delete(key).commit();
  }

  atomic(): PostgresCommit {
    const call = `select ${this.#options.names.commit}(
      $1::bytea[], $2::bigint[], $3::bytea[], $4::bytea[], $5::bigint[]) stamp`;
    return new PostgresCommit(async (commit) => {
      const { checked, stamps, changed, contents, lives } = commit;
      const [row] = await this.#ask<{ stamp: string | null }>(
        call,
        [checked, stamps, changed, contents, lives],
      );
      return row?.stamp ? versionstampOf(row.stamp) : null;
    });
  }

  /** Deletes all expired values, as every minute. Never rejects. */
  sweep(): Promise<void> {
    this.#sweep ??= this.#deleteExpired()
      .finally(() => this.#sweep = undefined);
    return this.#sweep;
  }

  async close(): Promise<void> {
    this.#sweeping[Symbol.dispose]();
    const ended = this.#options.sql.end({ timeout: 1 });
    await Promise.all([ended, this.#sweep]);
  }

  get #select(): string {
    return `select k, v, version from ${this.#options.names.table}
      where (expires_at is null or expires_at > now())`;
  }

  /** Makes one request. Rejects with one sentence. */
  async #ask<R extends object>(
    text: string,
    values: (Buffer | string)[],
  ): Promise<readonly R[]> {
    const { sql, servers, address } = this.#options;
    const since = performance.now();
    const slow = setTimeout(
      () => void servers.drop(since, { toOthers: true }),
      SLOW_MS,
    );
    const dead = setTimeout(
      () => void servers.drop(since, { toOthers: false }),
      DEAD_MS,
    );
    try {
      return await sql.unsafe<R[]>(text, values, { prepare: true });
    } catch (error) {
      const failure = failureOf(error, address);
      if (failure.isAway) servers.forget();
      // It was the primary before: no connection to it is of use any more.
      if (isReadOnly(failure)) {
        void servers.drop(performance.now(), { toOthers: true });
      }
      throw failure;
    } finally {
      clearTimeout(slow);
      clearTimeout(dead);
    }
  }

  /** Deletes expired values, except those that a commit holds just now: it never
   * waits, and so no commit can wait for it in a circle. */
  async #deleteExpired(): Promise<void> {
    const { table } = this.#options.names;
    const text = `delete from ${table} where k in (select k from ${table}
      where expires_at <= now() limit ${SWEPT_AT_ONCE}
      for update skip locked) returning 1`;
    try {
      while ((await this.#ask(text, [])).length === SWEPT_AT_ONCE);
    } catch (error) {
      log.debug("Cannot delete expired values yet: {error}", { error });
    }
  }
}

function boundsOf(range: StoreRange): { start: Buffer; end: Buffer } {
  if ("prefix" in range) {
    const prefix = encodeParts(range.prefix);
    return {
      start: Buffer.concat([prefix, new Uint8Array([0])]),
      end: Buffer.concat([prefix, new Uint8Array([0xff])]),
    };
  }
  const [start, end] = [encodeParts(range.start), encodeParts(range.end)];
  if (start.compare(end) > 0) {
    throw new TypeError("Start key is greater than end key");
  }
  return { start, end };
}

function entryOf(
  key: Deno.KvKey,
  row: Row | undefined,
): Deno.KvEntryMaybe<unknown> {
  return row === undefined
    ? { key, value: null, versionstamp: null }
    : storedEntryOf(key, row);
}

function storedEntryOf(key: Deno.KvKey, row: Row): Deno.KvEntry<unknown> {
  return {
    key,
    value: decodeValue(row.v),
    versionstamp: versionstampOf(row.version),
  };
}
