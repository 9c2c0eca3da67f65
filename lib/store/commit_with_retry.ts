import { ok } from "@/lib/base/result.ts";
import type { Stored } from "./stored.ts";

/** Number of tries of a commit that conflicts with others. */
const TRIES_MAX = 20;

/**
 * Repeats `attempt` while other writers are faster. Each attempt reads the
 * current state, tries one commit, and returns undefined if that conflicts.
 * `task` completes the error, as in `Cannot save widget 5f: 20 tries failed`.
 */
export async function commitWithRetry<T>(
  task: string,
  attempt: () => Promise<T | undefined>,
): Promise<T> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const done = await attempt();
    if (done !== undefined) return done;
  }
  throw new Error(`Cannot ${task}: ${TRIES_MAX} tries failed`);
}

/** Returns the attempt's result: the value with its new revision, or undefined
 * after a conflict. */
export function resultOf<T>(
  commit: Deno.KvCommitResult | Deno.KvCommitError,
  value: T,
): { ok: true; value: Stored<T> } | undefined {
  return commit.ok ? ok({ revision: commit.versionstamp, value }) : undefined;
}
