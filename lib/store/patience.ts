import { backoffMs } from "@/lib/base/backoff.ts";

/** Tries while another program, such as a backup, holds the lock of the file. */
const TRIES_MAX = 40;
const BACKOFF = { firstMs: 2, maxMs: 250 };

/**
 * Makes writes wait while another program writes to the same file. SQLite does
 * not wait for a commit that has read before; Deno KV rejects it with "database
 * is locked", nothing was written, and it may be tried again.
 */
export function patient(kv: Deno.Kv): Deno.Kv {
  const { atomic, set } = kv;
  const remove = kv.delete;
  kv.set = (...args) => retry(() => set.apply(kv, args));
  kv.delete = (...args) => retry(() => remove.apply(kv, args));
  kv.atomic = () => {
    const operation = atomic.call(kv);
    const { commit } = operation;
    operation.commit = () => retry(() => commit.call(operation));
    return operation;
  };
  return kv;
}

async function retry<T>(write: () => Promise<T>): Promise<T> {
  for (let attempt = 0;; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!isLocked(error) || attempt === TRIES_MAX) throw error;
    }
    // The lock is a matter of real time, whatever clock the repositories have.
    const waitMs = backoffMs(attempt, BACKOFF, Math.random());
    await new Promise((go) => setTimeout(go, waitMs));
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && error.message.includes("is locked");
}
