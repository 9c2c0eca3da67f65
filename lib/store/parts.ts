import * as v from "valibot";
import { parseJson } from "@/lib/base/parse_json.ts";
import type { StoreCommit, StoreEngine } from "./store_engine.ts";
import { BrokenValueError, decode } from "./stored.ts";

// A value of Deno KV has at most 64 KiB, but a widget may have more. It is
// stored as JSON, split into parts `[...key, 0]`, `[...key, 1]`, … that are
// written in one commit and so have the same versionstamp.

const PART_BYTES_MAX = 60_000;

const Part = v.strictObject({
  /** Number of parts, so that a missing one is noticed. */
  of: v.number(),
  bytes: v.instance(Uint8Array<ArrayBuffer>),
});

export interface Whole {
  revision: string;
  json: unknown;
  parts: number;
}

/** Returns the key whose versionstamp is the revision of the whole. */
export function firstPart(key: Deno.KvKey): Deno.KvKey {
  return [...key, 0];
}

/** Adds the writing of `json` to a commit, in place of `before` parts. */
export function setParts(
  commit: StoreCommit,
  key: Deno.KvKey,
  json: unknown,
  before: number,
): StoreCommit {
  const bytes = new TextEncoder().encode(JSON.stringify(json));
  const of = Math.max(1, Math.ceil(bytes.length / PART_BYTES_MAX));
  for (let n = 0; n < of; n++) {
    const part = bytes.slice(n * PART_BYTES_MAX, (n + 1) * PART_BYTES_MAX);
    commit.set([...key, n], { of, bytes: part });
  }
  for (let n = of; n < before; n++) commit.delete([...key, n]);
  return commit;
}

/**
 * Reads what `setParts` wrote; undefined if there is none. A list of KV is a
 * snapshot as long as it is one batch. Throws a BrokenValueError.
 */
export async function getParts(
  kv: StoreEngine,
  key: Deno.KvKey,
): Promise<Whole | undefined> {
  const selector = { prefix: [...key] };
  const entries = await Array.fromAsync(kv.list(selector, { batchSize: 100 }));
  return entries.length === 0 ? undefined : joinParts(key, entries);
}

/** Joins the parts of one value. Throws a BrokenValueError. */
export function joinParts(
  key: Deno.KvKey,
  entries: Deno.KvEntry<unknown>[],
): Whole {
  const parts = entries.map((entry) => decode(Part, entry));
  const revision = parts[0]?.revision ?? "";
  const complete = parts.every((part) =>
    part.revision === revision && part.value.of === parts.length
  );
  if (!complete) throw new BrokenValueError(key, "its parts do not fit");
  return {
    revision,
    json: parse(key, parts.map((p) => p.value.bytes)),
    parts: parts.length,
  };
}

function parse(key: Deno.KvKey, parts: Uint8Array<ArrayBuffer>[]): unknown {
  const decoder = new TextDecoder();
  const texts = parts.map((part) => decoder.decode(part, { stream: true }));
  const json = parseJson(texts.join("") + decoder.decode());
  if (json === undefined) throw new BrokenValueError(key, "it is not JSON");
  return json;
}
