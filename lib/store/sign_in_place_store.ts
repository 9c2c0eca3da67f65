import { DAY_MS } from "@/lib/base/times.ts";
import type { StoreEngine } from "./store_engine.ts";
import { sha256Hex } from "./sha256.ts";
import { has } from "./stored.ts";

/** Time for which a place is known after the last sign-in from it. */
export const KNOWN_PLACE_MS = 180 * DAY_MS;

const key = {
  one: (hash: string) => ["sign_in_place", hash],
};

/** Places from which users have signed in. Only hashes are stored, which reveal
 * neither the user nor the address. */
export class SignInPlaceStore {
  readonly #kv: StoreEngine;

  constructor(kv: StoreEngine) {
    this.#kv = kv;
  }

  async has(name: string, network: string): Promise<boolean> {
    return await has(this.#kv, key.one(hashOf(name, network)));
  }

  /** Stores a place, or renews it for another 180 days. */
  async add(name: string, network: string): Promise<void> {
    const own = key.one(hashOf(name, network));
    await this.#kv.set(own, 1, { expireIn: KNOWN_PLACE_MS });
  }
}

function hashOf(name: string, network: string): string {
  return sha256Hex(JSON.stringify([name, network]));
}
