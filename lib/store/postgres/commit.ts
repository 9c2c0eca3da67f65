import { Buffer } from "node:buffer";
import type { Expiry, StoreCommit } from "../store_engine.ts";
import { encodeKey } from "./keys.ts";
import { encodeValue } from "./values.ts";

// Limits of a commit of Deno KV, which hold for all engines.
const CHANGES_MAX = 1_000;
const KEY_BYTES_MAX = 80 * 1_024;
const BYTES_MAX = 800 * 1_024;

/** The arguments of the function that makes a commit, as PostgreSQL's text. */
export interface CommitArguments {
  checked: string;
  stamps: string;
  changed: string;
  contents: string;
  lives: string;
}

interface Change<Key> {
  key: Key;
  /** Undefined to delete. */
  content: Buffer | undefined;
  expireIn: number | undefined;
}

/** Collects a commit, which `send` makes in one request. */
export class PostgresCommit implements StoreCommit {
  readonly #send: (commit: CommitArguments) => Promise<string | null>;
  readonly #checks: Deno.AtomicCheck[] = [];
  readonly #changes: Change<Deno.KvKey>[] = [];

  constructor(send: (commit: CommitArguments) => Promise<string | null>) {
    this.#send = send;
  }

  check(...checks: Deno.AtomicCheck[]): this {
    this.#checks.push(...checks);
    return this;
  }

  set(key: Deno.KvKey, value: unknown, { expireIn }: Expiry = {}): this {
    const content = encodeValue(value); // The caller may change the value later.
    this.#changes.push({ key, content, expireIn });
    return this;
  }

  delete(key: Deno.KvKey): this {
    this.#changes.push({ key, content: undefined, expireIn: undefined });
    return this;
  }

  async commit(): Promise<Deno.KvCommitResult | Deno.KvCommitError> {
    const versionstamp = await this.#send(this.#arguments());
    return versionstamp === null ? { ok: false } : { ok: true, versionstamp };
  }

  #arguments(): CommitArguments {
    const checks = this.#checks.map(({ key, versionstamp }) => ({
      key: encodeKey(key),
      stamp: numberOf(versionstamp),
    }));
    const changes = this.#changes.map(({ key, ...change }) => ({
      key: encodeKey(key, "write"),
      ...change,
    }));
    checkSize(changes);
    // Of several changes of one key, the last one stays.
    const last = [
      ...new Map(changes.map((one) => [one.key.toString("hex"), one])).values(),
    ];
    return {
      checked: arrayOf(checks.map(({ key }) => key)),
      stamps: arrayOf(checks.map(({ stamp }) => stamp)),
      changed: arrayOf(last.map(({ key }) => key)),
      contents: arrayOf(last.map(({ content }) => content)),
      lives: arrayOf(
        last.map(({ expireIn }) =>
          expireIn === undefined ? undefined : String(Math.ceil(expireIn))
        ),
      ),
    };
  }
}

/** Returns the versionstamp of the number that the database gives a commit. */
export function versionstampOf(stamp: string): string {
  return BigInt(stamp).toString(16).padStart(20, "0");
}

/** Returns the number of a versionstamp: 0 for that of an absent value, and one
 * that no commit has for that of another engine. */
function numberOf(versionstamp: string | null): string {
  if (versionstamp === null) return "0";
  if (!/^[0-9a-f]{20}$/.test(versionstamp)) {
    throw new TypeError("Invalid check");
  }
  const number = BigInt(`0x${versionstamp}`);
  return number > 0n && number < 1n << 63n ? String(number) : "-1";
}

function checkSize(changes: readonly Change<Buffer>[]): void {
  let keyBytes = 0;
  let bytes = 0;
  for (const { key, content } of changes) {
    keyBytes += key.length;
    bytes += key.length + (content?.length ?? 0);
  }
  if (changes.length > CHANGES_MAX) {
    throw new TypeError(`Too many mutations (max ${CHANGES_MAX})`);
  }
  if (keyBytes > KEY_BYTES_MAX) {
    throw new TypeError(
      `Total key size too large (max ${KEY_BYTES_MAX} bytes)`,
    );
  }
  if (bytes > BYTES_MAX) {
    throw new TypeError(
      `Total mutation size too large (max ${BYTES_MAX} bytes)`,
    );
  }
}

/** Returns an array in PostgreSQL's text format; bytes are in hexadecimal. */
export function arrayOf(all: readonly (Buffer | string | undefined)[]): string {
  const texts = all.map((one) => {
    if (one === undefined) return "null";
    return typeof one === "string" ? one : `"\\\\x${one.toString("hex")}"`;
  });
  return `{${texts.join(",")}}`;
}
