import type { StoreCommit, StoreEngine } from "./store_engine.ts";
import { withCommits } from "./with_commits.ts";

/** Longer than any commit waits for its answer: STORE_WITHIN_MS. */
const MARK_MS = 60_000;

/**
 * Returns an engine whose commits recognize that they have been done. If the
 * answer of a commit is lost, Deno's KV Connect client or patient() repeats the
 * commit. Then its checks fail because of the first time, which looks like a
 * conflict. So a commit that checks what it changes also writes a mark, for a
 * minute. Only after a conflict is the mark read: if it exists, the commit was
 * done, and has the mark's versionstamp. Any other commit can be repeated
 * without harm.
 */
export function recognizeOwnCommits(kv: StoreEngine): StoreEngine {
  return withCommits(kv, () => recognizing(kv));
}

function recognizing(kv: StoreEngine): StoreCommit {
  const commit = kv.atomic();
  const [checked, changed] = [new Set<string>(), new Set<string>()];
  let mark: Deno.KvKey | undefined;
  const own: StoreCommit = {
    check(...checks) {
      for (const { key } of checks) checked.add(JSON.stringify(key));
      commit.check(...checks);
      return own;
    },
    set(key, ...value) {
      changed.add(JSON.stringify(key));
      commit.set(key, ...value);
      return own;
    },
    delete(key) {
      changed.add(JSON.stringify(key));
      commit.delete(key);
      return own;
    },
    async commit() {
      if (mark === undefined && !checked.isDisjointFrom(changed)) {
        mark = ["commit", crypto.randomUUID()];
        commit.set(mark, 1, { expireIn: MARK_MS });
      }
      const done = await commit.commit();
      if (done.ok || mark === undefined) return done;
      const { versionstamp } = await kv.get(mark);
      return versionstamp === null ? done : { ok: true, versionstamp };
    },
  };
  return own;
}
