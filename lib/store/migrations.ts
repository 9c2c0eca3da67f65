import * as v from "valibot";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { StoreEngine } from "./store_engine.ts";
import { indexRunningChats } from "./index_running_chats.ts";
import { firstPart, getParts, setParts } from "./parts.ts";
import { get, readable } from "./stored.ts";

/**
 * A step from schema `to - 1` to `to`. It may be interrupted and run again,
 * even by two programs at the same time, and must then do no harm.
 */
export interface Migration {
  to: number;
  run(kv: StoreEngine): Promise<void>;
}

/** All steps, in order. An existing step is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  // 1 is the first schema: that of the first repositories.
  { to: 1, run: () => Promise.resolve() },
  // 2 numbers the versions of a widget and records their authors.
  { to: 2, run: numberVersions },
  // 3 adds users' own settings to accounts (picture, language) and the mark of
  // a password to be changed. Older accounts have none of them; a program that
  // knows only 2 cannot read the new ones.
  { to: 3, run: () => Promise.resolve() },
  // 4 records the home of each running chat, and indexes these chats by the
  // visitor's seat and by agent.
  { to: 4, run: indexRunningChats },
];

/**
 * A store can be this number of schemas ahead of the program, because during an
 * upgrade the old and the new version use it at the same time. So a step only
 * adds what the previous version ignores; what no version needs any more is
 * removed a version later.
 */
const AHEAD_MAX = 1;

const SCHEMA_KEY = ["schema"];

/** More than one schema ahead of this program. */
export interface StoreIsNewer {
  reason: "newer";
  found: number;
  known: number;
}

export interface StoreIsOlder {
  reason: "older";
  found: number;
  known: number;
}

/**
 * Migrates a store to this program's schema by running the missing steps, in
 * order. A store of a newer program stays unchanged, and is rejected if it is more
 * than one schema ahead.
 */
export async function migrate(
  kv: StoreEngine,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<Result<void, StoreIsNewer>> {
  const known = migrations.at(-1)?.to ?? 0;
  for (const { to, run } of migrations) {
    const schema = await get(kv, SCHEMA_KEY, v.number());
    const found = schema?.value ?? 0;
    if (found > known + AHEAD_MAX) {
      return err({ reason: "newer", found, known });
    }
    if (found >= to) continue;
    await run(kv);
    const versionstamp = schema?.revision ?? null;
    // If another program was faster, its step was the same.
    await kv.atomic()
      .check({ key: SCHEMA_KEY, versionstamp }).set(SCHEMA_KEY, to).commit();
  }
  return ok(undefined);
}

/** Rejects a store that is more than one schema ahead. Writes nothing. */
export async function checkSchema(
  kv: StoreEngine,
): Promise<Result<void, StoreIsNewer>> {
  const known = MIGRATIONS.at(-1)?.to ?? 0;
  const found = (await get(kv, SCHEMA_KEY, v.number()))?.value ?? 0;
  return found > known + AHEAD_MAX
    ? err({ reason: "newer", found, known })
    : ok(undefined);
}

/** Rejects a store that `migrate` would change. A store that was never used has
 * no schema yet and is accepted. Writes nothing. */
export async function checkSameSchema(
  kv: StoreEngine,
): Promise<Result<void, StoreIsOlder>> {
  const known = MIGRATIONS.at(-1)?.to ?? 0;
  const found = (await get(kv, SCHEMA_KEY, v.number()))?.value ?? known;
  return found < known ? err({ reason: "older", found, known }) : ok(undefined);
}

async function numberVersions(kv: StoreEngine): Promise<void> {
  const uuids = new Set<Deno.KvKeyPart>();
  for await (const { key: [, uuid = ""] } of kv.list({ prefix: ["widget"] })) {
    uuids.add(uuid);
  }
  for (const uuid of uuids) {
    const key = ["widget", uuid];
    const whole = await readable(() => getParts(kv, key));
    const old = v.safeParse(v.looseObject({ uuid: v.string() }), whole?.json);
    // An unreadable value stays unchanged, so that no migration makes it worse.
    if (whole === undefined || !old.success || "version" in old.output) {
      continue;
    }
    const entry = { ...old.output, version: 1, by: { id: "", name: "" } };
    const commit = kv.atomic()
      .check({ key: firstPart(key), versionstamp: whole.revision });
    await setParts(commit, key, entry, whole.parts).commit();
  }
}
