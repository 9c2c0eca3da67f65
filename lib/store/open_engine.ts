import { recognizeOwnCommits } from "./own_commits.ts";
import { CHECKS_MAX, type StoreEngine } from "./store_engine.ts";
import { withCommits } from "./with_commits.ts";

/** Time for which a start waits for a store on a server. */
export const REACHED_WITHIN_MS = 30_000;

/** A store cannot be opened; the message is the reason, for the operator. */
export class CannotOpenError extends Error {
  override name = "CannotOpenError";
}

/** True for a file, false for the URL of a server and for `:memory:`. */
export function isStorePath(pathOrUrl: string): boolean {
  return pathOrUrl !== ":memory:" && !/^https?:/.test(pathOrUrl);
}

/**
 * Opens what CW_KV names: a file in an existing folder, `:memory:`, or the URL
 * of a KV Connect server, for which it waits up to `withinMs`. Rejects with a
 * CannotOpenError, or with an error of Deno. On every engine, a commit of more
 * than CHECKS_MAX checks throws, and one that was done is not reported as a
 * conflict.
 */
export async function openEngine(
  pathOrUrl: string,
  withinMs = REACHED_WITHIN_MS,
): Promise<StoreEngine> {
  const isOwn = isStorePath(pathOrUrl) || pathOrUrl === ":memory:";
  return limitChecks(
    isOwn
      ? await Deno.openKv(pathOrUrl)
      : await openKvConnect(pathOrUrl, withinMs),
  );
}

/** Returns why a store could not be opened. */
export function whyNotOpened(cause: unknown): string {
  return cause instanceof CannotOpenError ? cause.message : String(cause);
}

async function openKvConnect(
  url: string,
  withinMs: number,
): Promise<StoreEngine> {
  const kv = await Deno.openKv(url).catch((error) => {
    if (!String(error).includes("DENO_KV_ACCESS_TOKEN")) throw error;
    throw new CannotOpenError(
      "DENO_KV_ACCESS_TOKEN is not set, and a KV Connect server needs it",
    );
  });
  try {
    await reach(kv, withinMs);
  } catch (error) {
    kv.close();
    throw error;
  }
  return recognizeOwnCommits(kv);
}

/** Waits for the first answer. Deno's client tries again for as long as the
 * server cannot be reached, and rejects if the server refuses. */
async function reach(kv: StoreEngine, withinMs: number): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const text = `its server has not answered within ${withinMs / 1_000} s`;
    reject(new CannotOpenError(text));
  }, withinMs);
  try {
    await Promise.race([kv.get(["schema"]), late]);
  } catch (error) {
    if (error instanceof CannotOpenError) throw error;
    throw new CannotOpenError(`its server refuses: ${error}`);
  } finally {
    clearTimeout(timer);
  }
}

/** Makes commits with too many checks fail on every engine, so that the tests
 * on any of them notice one. */
function limitChecks(kv: StoreEngine): StoreEngine {
  return withCommits(kv, () => {
    const commit = kv.atomic();
    const { check } = commit;
    let count = 0;
    commit.check = (...checks) => {
      count += checks.length;
      if (count > CHECKS_MAX) {
        throw new RangeError(
          `${count} checks in a commit, limit ${CHECKS_MAX}`,
        );
      }
      return check.apply(commit, checks);
    };
    return commit;
  });
}
