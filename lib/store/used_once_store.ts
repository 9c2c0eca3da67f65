import { sha256Hex } from "./sha256.ts";
import type { StoreEngine } from "./store_engine.ts";

const key = {
  one: (kind: string, value: string) => ["used_once", kind, sha256Hex(value)],
};

/** Values that can be used once, at any instance. */
export class UsedOnceStore {
  readonly #kv: StoreEngine;

  constructor(kv: StoreEngine) {
    this.#kv = kv;
  }

  /** Uses up a value of a kind, and remembers it for `forMs`. Returns false if
   * it was used before. */
  async use(kind: string, value: string, forMs: number): Promise<boolean> {
    const own = key.one(kind, value);
    const { ok } = await this.#kv.atomic()
      .check({ key: own, versionstamp: null })
      .set(own, 1, { expireIn: forMs })
      .commit();
    return ok;
  }
}
