import { Inquiry } from "@/lib/model/inquiry.ts";
import { dueKeyOf } from "./callback_slots.ts";
import { inquiryKey as key } from "./inquiry_keys.ts";
import { pointedEntries } from "./pointed_entries.ts";
import type { StoreEngine } from "./store_engine.ts";
import { decode, readable, type Stored } from "./stored.ts";

interface FoundOptions {
  until: number;
  /** Maximum number of entries that are read. */
  limit: number;
  reverse?: boolean;
}

/** Returns the callbacks of an index until a time; leaves out unreadable ones.
 * Corrects the entries that do not match their callback. */
export async function* foundBy(
  kv: StoreEngine,
  { start, at }: typeof key.due,
  { until, ...options }: FoundOptions,
): AsyncGenerator<Stored<Inquiry>> {
  const range = { start, end: at({ at: until + 1, number: "" }) };
  const pointers = kv.list(range, options);
  const entries = pointedEntries(kv, pointers, key.pointedBy);
  for await (const { pointer, entry } of entries) {
    if (entry.versionstamp === null) {
      await correct(kv, { entry, pointer, own: undefined });
      continue;
    }
    const found = await readable(() => decode(Inquiry, entry));
    if (found === undefined) continue; // A later version may read it.
    const own = dueKeyOf(found.value);
    if (own?.join() === pointer.join()) yield found;
    else await correct(kv, { entry, pointer, own });
  }
}

/** Replaces an entry by that of the callback's current state, if it has one. The
 * entry is left over if a deletion knew only an earlier state. */
async function correct(
  kv: StoreEngine,
  { entry: { key, versionstamp }, pointer, own }: {
    entry: Deno.KvEntryMaybe<unknown>;
    pointer: Deno.KvKey;
    own: Deno.KvKey | undefined;
  },
): Promise<void> {
  const commit = kv.atomic().check({ key, versionstamp }).delete(pointer);
  if (own !== undefined) commit.set(own, 1);
  await commit.commit();
}
