import type { StoreCommit, StoreEngine } from "./store_engine.ts";

/** Returns an engine that reads and writes in `kv`, but whose commits come from
 * `atomic`. */
export function withCommits(
  kv: StoreEngine,
  atomic: () => StoreCommit,
): StoreEngine {
  return {
    get: (key) => kv.get(key),
    getMany: (keys) => kv.getMany(keys),
    list: (...what) => kv.list(...what),
    set: (...what) => kv.set(...what),
    delete: (key) => kv.delete(key),
    atomic,
    close: () => kv.close(),
  };
}
