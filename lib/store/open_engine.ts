import { errorMessage } from "@/lib/base/error_message.ts";
import { recognizeOwnCommits } from "./own_commits.ts";
import { PostgresFailure } from "./postgres/failure.ts";
import { isPostgresUrl } from "./postgres/url.ts";
import { CannotOpenError, reach } from "./reach.ts";
import { CHECKS_MAX, type StoreEngine } from "./store_engine.ts";
import { withCommits } from "./with_commits.ts";

/** True for a file, false for the URL of a server and for `:memory:`. */
export function isStorePath(pathOrUrl: string): boolean {
  return pathOrUrl !== ":memory:" && !/^https?:/.test(pathOrUrl) &&
    !isPostgresUrl(pathOrUrl);
}

/**
 * Returns whether a store exists, without changing anything. For a KV Connect
 * server it returns true, because only opening a store shows that. Rejects if PostgreSQL can't be used,
 * or if there is none and its user could not create one.
 */
export async function isStoreThere(pathOrUrl: string): Promise<boolean> {
  if (isStorePath(pathOrUrl)) {
    return await Deno.stat(pathOrUrl).then(() => true, () => false);
  }
  if (!isPostgresUrl(pathOrUrl)) return pathOrUrl !== ":memory:";
  const { isPostgresStore } = await loadPostgres();
  return await isPostgresStore(pathOrUrl);
}

/**
 * Opens what CW_KV names: a file in an existing folder, `:memory:`, or the URL
 * of PostgreSQL or of a KV Connect server, for which it waits up to `withinMs`.
 * Rejects with a CannotOpenError, or with an error of Deno. On every engine, a
 * commit of more than CHECKS_MAX checks throws, and a commit that was done is
 * not reported as a conflict.
 */
export async function openEngine(
  pathOrUrl: string,
  withinMs?: number,
): Promise<StoreEngine> {
  const isOwn = isStorePath(pathOrUrl) || pathOrUrl === ":memory:";
  if (isOwn) return limitChecks(await Deno.openKv(pathOrUrl));
  if (isPostgresUrl(pathOrUrl)) {
    return await openOnServer(() => openOnPostgres(pathOrUrl), withinMs);
  }
  return await openOnServer(() => openKvConnect(pathOrUrl), withinMs);
}

async function openOnServer(
  open: () => Promise<StoreEngine>,
  withinMs?: number,
): Promise<StoreEngine> {
  return limitChecks(recognizeOwnCommits(await reach(open, withinMs)));
}

/** Rejects with a CannotOpenError if another try would not help. */
async function openOnPostgres(url: string): Promise<StoreEngine> {
  const { openPostgres } = await loadPostgres();
  try {
    return await openPostgres(url);
  } catch (error) {
    if (error instanceof PostgresFailure && error.isAway) throw error;
    throw new CannotOpenError(errorMessage(error), { cause: error });
  }
}

/** Loads the PostgreSQL client only if it is needed, so that a start with another
 * store is faster. */
function loadPostgres() {
  return import("./postgres/open.ts");
}

/** Rejects with a CannotOpenError if another try would not help. */
async function openKvConnect(url: string): Promise<StoreEngine> {
  try {
    return await Deno.openKv(url);
  } catch (error) {
    const why = errorMessage(error);
    if (why.includes("DENO_KV_ACCESS_TOKEN")) {
      const text = "set DENO_KV_ACCESS_TOKEN to the token of its server";
      throw new CannotOpenError(text);
    }
    if (/ status 4\d\d/.test(why)) {
      throw new CannotOpenError(`its server refuses the program: ${why}`);
    }
    throw error;
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
