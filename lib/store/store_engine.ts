/** Maximum number of checks in a commit: that of KV Connect servers. */
export const CHECKS_MAX = 10;

/**
 * A store as the repositories need it: the part of Deno KV that they use, so
 * that another database can take its place. `Deno.Kv` is one of its
 * implementations, for a file, for memory and for a KV Connect server.
 *
 * An engine promises what Deno KV does:
 *
 * - A read sees every earlier write, including those of other processes.
 * - A commit is done completely or not at all. All of its values get the same
 *   versionstamp, which is compared only for equality.
 * - A list is in the order of Deno's keys, and each of its batches is a snapshot.
 * - A commit has at most CHECKS_MAX checks. One more throws, even if the
 *   database would allow it, so that the tests on any engine notice it.
 * - A commit that was done is not reported as a conflict with itself.
 * - A value or key that no engine could store is refused with a TypeError.
 * - Every other failure rejects; a write may have been done anyway.
 */
export interface StoreEngine {
  get(key: Deno.KvKey): Promise<Deno.KvEntryMaybe<unknown>>;
  /** Reads at most ten keys. */
  getMany(keys: Deno.KvKey[]): Promise<Deno.KvEntryMaybe<unknown>[]>;
  list(range: StoreRange, options?: ListOptions): StoreEntries;
  set(
    key: Deno.KvKey,
    value: unknown,
    options?: Expiry,
  ): Promise<Deno.KvCommitResult>;
  delete(key: Deno.KvKey): Promise<void>;
  atomic(): StoreCommit;
  /** Resolves when the connections to a server are closed. */
  close(): void | Promise<void>;
}

/** The keys that begin with the prefix, or those from `start` up to `end`,
 * without `end`. */
export type StoreRange =
  | { prefix: Deno.KvKey }
  | { start: Deno.KvKey; end: Deno.KvKey };

export type ListOptions = Pick<
  Deno.KvListOptions,
  "limit" | "reverse" | "batchSize"
>;

/** The entries of a list, read in batches. */
export type StoreEntries = AsyncIterableIterator<Deno.KvEntry<unknown>>;

/** Changes that are made together, if all checks hold. */
export interface StoreCommit {
  check(...checks: Deno.AtomicCheck[]): StoreCommit;
  set(key: Deno.KvKey, value: unknown, options?: Expiry): StoreCommit;
  delete(key: Deno.KvKey): StoreCommit;
  commit(): Promise<Deno.KvCommitResult | Deno.KvCommitError>;
}

/** The time in ms after which a value expires. It is deleted at some later time,
 * and may be read until then. */
export interface Expiry {
  expireIn?: number;
}
