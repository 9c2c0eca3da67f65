import type { StoreEngine, StoreEntries } from "./store_engine.ts";

/** The store reads ten values at once. */
const READ_AT_ONCE = 10;

/** A key of an index, and the entry to which it points. */
export interface Pointed {
  pointer: Deno.KvKey;
  /** Its versionstamp is null if there is no such entry. */
  entry: Deno.KvEntryMaybe<unknown>;
}

/** Reads the entries to which the keys of an index point, in the order of the
 * index, some at once. `keyOf` returns the key of an entry. */
export async function* pointedEntries(
  kv: Pick<StoreEngine, "getMany">,
  pointers: StoreEntries,
  keyOf: (pointer: Deno.KvKey) => Deno.KvKey,
): AsyncGenerator<Pointed> {
  let some: Deno.KvKey[] = [];
  for await (const { key } of pointers) {
    some.push(key);
    if (some.length < READ_AT_ONCE) continue;
    yield* together(kv, some, keyOf);
    some = [];
  }
  if (some.length > 0) yield* together(kv, some, keyOf);
}

async function* together(
  kv: Pick<StoreEngine, "getMany">,
  pointers: Deno.KvKey[],
  keyOf: (pointer: Deno.KvKey) => Deno.KvKey,
): AsyncGenerator<Pointed> {
  const entries = await kv.getMany(pointers.map(keyOf));
  for (const [n, pointer] of pointers.entries()) {
    const entry = entries[n];
    if (entry !== undefined) yield { pointer, entry };
  }
}
