import type { StoreEngine } from "@/lib/store/store_engine.ts";

export interface Commits extends Disposable {
  /** The keys that each commit sets. */
  all: string[][];
  /** The number of keys that each commit deletes. */
  deletions: number[];
  /** The number of checks of each commit. */
  checks: number[];
}

/** Notes the keys that each commit of a store changes, and the number of its
 * checks. */
export function commitsOf(kv: StoreEngine): Commits {
  const { atomic } = kv;
  const all: string[][] = [];
  const deletions: number[] = [];
  const checks: number[] = [];
  kv.atomic = () => {
    const operation = atomic.call(kv);
    const { check, commit, delete: remove, set } = operation;
    const keys: string[] = [];
    let deleted = 0;
    let checked = 0;
    operation.check = (...all) => {
      checked += all.length;
      return check.apply(operation, all);
    };
    operation.set = (key, value, options) => {
      keys.push(key.join("/"));
      return set.call(operation, key, value, options);
    };
    operation.delete = (key) => {
      deleted++;
      return remove.call(operation, key);
    };
    operation.commit = () => {
      all.push(keys);
      deletions.push(deleted);
      checks.push(checked);
      return commit.call(operation);
    };
    return operation;
  };
  return { all, deletions, checks, [Symbol.dispose]: () => kv.atomic = atomic };
}
