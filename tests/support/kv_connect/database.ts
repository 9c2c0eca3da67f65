import { encode, type Field, type Message } from "./protobuf.ts";

// The limits of denokv.
const CHECKS_MAX = 10;
const MUTATIONS_MAX = 1_000;
const COMMIT_BYTES_MAX = 800 * 1024;
const VALUE_BYTES_MAX = 64 * 1024;
const RANGES_MAX = 10;
const ENTRIES_MAX = 1_000;

const SET = 1;
const DELETE = 2;
const DONE = 1;
const CHECK_FAILED = 2;

/** The client has asked for more than a server allows. */
export class LimitError extends Error {
  override name = "LimitError";
}

interface Entry {
  key: Uint8Array;
  value: Uint8Array;
  encoding: number;
  version: Uint8Array;
  expiresAt: number;
}

/** A database in memory, with the messages of KV Connect. */
export class Database {
  readonly #entries = new Map<string, Entry>();
  /** Names of all entries in the order of their keys, until the next write. */
  #sorted: string[] | undefined;
  #version = 0;

  /** Answers a `SnapshotRead`. */
  read(request: Message): Uint8Array<ArrayBuffer> {
    const ranges = request.messages(1);
    limit("ranges", ranges.length, RANGES_MAX);
    const entries = ranges.reduce((sum, range) => sum + range.number(3), 0);
    limit("entries", entries, ENTRIES_MAX);
    const found = ranges.map((range): Field => [1, this.#range(range)]);
    return encode(...found, [4, 1], [8, DONE]);
  }

  /** Answers an `AtomicWrite`: all of it, or nothing. */
  write(request: Message): Uint8Array<ArrayBuffer> {
    const [checks, mutations] = [request.messages(1), request.messages(2)];
    limit("checks", checks.length, CHECKS_MAX);
    limit("mutations", mutations.length, MUTATIONS_MAX);
    const sizes = mutations.map((one) => one.messages(2)[0]?.bytes(1).length);
    for (const size of sizes) limit("bytes", size ?? 0, VALUE_BYTES_MAX);
    const bytes = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
    limit("bytes in a commit", bytes, COMMIT_BYTES_MAX);

    const failed = checks.flatMap((check, n): Field[] =>
      this.#holds(check) ? [] : [[4, n]]
    );
    if (failed.length > 0) return encode([1, CHECK_FAILED], ...failed);
    const version = versionOf(++this.#version);
    for (const mutation of mutations) this.#change(mutation, version);
    this.#sorted = undefined;
    return encode([1, DONE], [2, version]);
  }

  #holds(check: Message): boolean {
    const found = this.#get(check.bytes(1).toHex())?.version.toHex() ?? "";
    return found === check.bytes(2).toHex();
  }

  #change(mutation: Message, version: Uint8Array): void {
    const key = mutation.bytes(1).slice();
    const kind = mutation.number(3);
    const [value] = mutation.messages(2);
    if (kind === DELETE) this.#entries.delete(key.toHex());
    else if (kind === SET && value !== undefined) {
      this.#entries.set(key.toHex(), {
        key,
        version,
        value: value.bytes(1).slice(),
        encoding: value.number(2),
        expiresAt: mutation.number(4) || Infinity,
      });
    } else throw new LimitError(`a mutation of kind ${kind}`);
  }

  #get(name: string): Entry | undefined {
    const entry = this.#entries.get(name);
    return entry && entry.expiresAt > Date.now() ? entry : undefined;
  }

  #range(range: Message): Uint8Array {
    const [start, end] = [range.bytes(1).toHex(), range.bytes(2).toHex()];
    this.#sorted ??= [...this.#entries.keys()].sort();
    const found = this.#sorted
      .slice(placeOf(start, this.#sorted), placeOf(end, this.#sorted))
      .map((name) => this.#get(name))
      .filter((entry) => entry !== undefined);
    if (range.number(4) === 1) found.reverse();
    return encode(
      ...found.slice(0, range.number(3))
        .map((entry): Field => [1, messageOf(entry)]),
    );
  }
}

function limit(what: string, count: number, max: number): void {
  if (count > max) throw new LimitError(`${count} ${what}, limit ${max}`);
}

/** Returns the number of names before `name`. */
function placeOf(name: string, sorted: readonly string[]): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? "") < name) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Returns a versionstamp: 10 bytes in ascending order. */
function versionOf(count: number): Uint8Array {
  return Uint8Array.fromHex(count.toString(16).padStart(16, "0") + "0000");
}

function messageOf({ key, value, encoding, version }: Entry): Uint8Array {
  return encode([1, key], [2, value], [3, encoding], [4, version]);
}
