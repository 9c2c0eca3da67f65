import { hostname } from "node:os";
import process from "node:process";
import { dirname } from "node:path";
import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { isStorePath, openEngine } from "./open_engine.ts";
import { withoutPassword } from "./postgres/url.ts";
import { whyNotOpened } from "./reach.ts";
import { type NotClaimed, StoreLease, StoreOwner } from "./store_lease.ts";

export type { NotClaimed };

export interface StoreClaim extends AsyncDisposable {
  /** Resolves if another process took the store, which only a store on a server
   * allows, after this process could not reach it for a long time. */
  lost: Promise<void>;
}

export interface ClaimOptions {
  /** Time to wait for the server of a store. */
  withinMs?: number | undefined;
  /** True for one of several instances, which share a store on a server. */
  isShared?: boolean;
}

/**
 * Claims a store for this process, before anything in it is read or written.
 * The operating system locks a file, and unlocks it when the process ends in
 * any way. A store on a server gets a lease with a heartbeat (StoreLease).
 */
export async function claimStore(
  pathOrUrl: string,
  clock: Clock,
  { withinMs, isShared = false }: ClaimOptions = {},
): Promise<Result<StoreClaim, NotClaimed>> {
  try {
    if (isStorePath(pathOrUrl)) return await lockFile(`${pathOrUrl}.lock`);
    if (pathOrUrl === ":memory:") return ok(NOTHING_TO_CLAIM);
    const kv = await openEngine(pathOrUrl, withinMs);
    const options = { clock, ...thisProcess() };
    const lease = isShared
      ? await StoreLease.share(kv, options)
      : await StoreLease.take(kv, options);
    if (!lease.ok) {
      await kv.close();
      return lease;
    }
    return ok({
      lost: lease.value.lost,
      async [Symbol.asyncDispose]() {
        await lease.value[Symbol.asyncDispose]();
        await kv.close();
      },
    });
  } catch (cause) {
    return err({ reason: "unusable", cause });
  }
}

/** Returns what to tell the operator when a store was not claimed. */
export function notClaimedText(pathOrUrl: string, error: NotClaimed): string {
  const store = JSON.stringify(withoutPassword(pathOrUrl));
  if (error.reason === "unusable") {
    return `Cannot open the store ${store}: ${whyNotOpened(error.cause)}`;
  }
  const { by } = error;
  const process = by === undefined
    ? "another process"
    : `process ${by.pid} on ${by.host}`;
  const other = isStorePath(pathOrUrl)
    ? "choose another folder with CW_DATA"
    : "name another store with CW_KV";
  const how = error.owner && ` ${HOW[error.owner]} CW_NATS`;
  return `Cannot open the store ${store}: ${process} is using it${how ?? ""}.` +
    ` Stop that process, or ${other}`;
}

const HOW = { "shares": "with", "does not share": "without" };

const NOTHING_TO_CLAIM: StoreClaim = {
  lost: new Promise(() => {}),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

async function lockFile(path: string): Promise<Result<StoreClaim, NotClaimed>> {
  await Deno.mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const options = { read: true, write: true, create: true, mode: 0o600 };
  const file = await Deno.open(path, options);
  if (!await file.tryLock(true)) {
    file.close();
    return err({ reason: "in-use", by: await readOwner(path) });
  }
  await file.truncate();
  await file.write(new TextEncoder().encode(JSON.stringify(thisProcess())));
  return ok({
    lost: NOTHING_TO_CLAIM.lost,
    [Symbol.asyncDispose]() {
      file.close(); // Closing unlocks it. The file stays, or two could lock it.
      return Promise.resolve();
    },
  });
}

async function readOwner(path: string): Promise<StoreOwner | undefined> {
  try {
    const owner = v.safeParse(
      StoreOwner,
      JSON.parse(await Deno.readTextFile(path)),
    );
    return owner.success ? owner.output : undefined;
  } catch {
    return undefined; // The owner is still writing it.
  }
}

function thisProcess(): StoreOwner {
  return { host: hostname(), pid: process.pid };
}
