import { getLogger } from "@logtape/logtape";
import * as v from "valibot";
import type { ListOptions, StoreEngine, StoreRange } from "./store_engine.ts";
import { tolerant } from "./unknown_members.ts";

/** A stored value. `revision` identifies exactly this state. */
export interface Stored<T> {
  revision: string;
  value: T;
}

/** A stored value that differs from what this program would write. */
export class BrokenValueError extends Error {
  override name = "BrokenValueError";

  constructor(key: Deno.KvKey, why: string) {
    super(`Cannot read ${keyText(key)}: ${why}`);
  }
}

type Schema = v.GenericSchema<unknown>;

/** Decodes the value of an entry, and keeps members that only a later version
 * knows. Throws a BrokenValueError. */
export function decode<S extends Schema>(
  schema: S,
  entry: Deno.KvEntry<unknown>,
): Stored<v.InferOutput<S>> {
  const result = v.safeParse(tolerant(schema), entry.value);
  if (!result.success) {
    throw new BrokenValueError(entry.key, v.summarize(result.issues));
  }
  return { revision: entry.versionstamp, value: result.output };
}

/** Returns the decoded value at `key`, or undefined. Throws a
 * BrokenValueError. */
export async function get<S extends Schema>(
  kv: StoreEngine,
  key: Deno.KvKey,
  schema: S,
): Promise<Stored<v.InferOutput<S>> | undefined> {
  const entry = await kv.get(key);
  return entry.versionstamp === null ? undefined : decode(schema, entry);
}

/** True if there is a value at `key`, readable or not. */
export async function has(kv: StoreEngine, key: Deno.KvKey): Promise<boolean> {
  return (await kv.get(key)).versionstamp !== null;
}

/** Deletes all values of a range, one by one. Returns their number. */
export async function deleteAll(
  kv: StoreEngine,
  selector: StoreRange,
): Promise<number> {
  let deleted = 0;
  for await (const entry of kv.list(selector)) {
    await kv.delete(entry.key);
    deleted++;
  }
  return deleted;
}

/** Returns all values of a range. An unreadable one is logged and left out. */
export async function* list<S extends Schema>(
  kv: StoreEngine,
  selector: StoreRange,
  schema: S,
  options: ListOptions = {},
): AsyncGenerator<Stored<v.InferOutput<S>>> {
  for await (const entry of kv.list(selector, options)) {
    const stored = await readable(() => decode(schema, entry));
    if (stored !== undefined) yield stored;
  }
}

/** Returns the result of `read`, or logs an error and returns undefined. */
export async function readable<T>(
  read: () => T | Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof BrokenValueError)) throw error;
    getLogger(["widgets", "store"]).error("{message}", {
      message: error.message,
    });
    return undefined;
  }
}

/** Formats a key for an error: `widget/5f…/0`. */
function keyText(key: Deno.KvKey): string {
  return key.map((part) => String(part)).join("/");
}
