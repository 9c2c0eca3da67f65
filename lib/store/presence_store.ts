import * as v from "valibot";
import { Presence } from "@/lib/model/presence.ts";
import type { StoreEngine } from "./store_engine.ts";
import { get, list } from "./stored.ts";

export const LastPresence = v.strictObject({
  address: v.string(),
  presence: Presence,
  /** Start of the presence, in ms since 1970. */
  since: v.number(),
});
export type LastPresence = v.InferOutput<typeof LastPresence>;

const key = {
  one: (address: string) => ["presence", address],
  all: { prefix: ["presence"] },
};

/** The last known presence of agents, by address. */
export class PresenceStore {
  readonly #kv: StoreEngine;

  constructor(kv: StoreEngine) {
    this.#kv = kv;
  }

  async get(address: string): Promise<LastPresence | undefined> {
    return (await get(this.#kv, key.one(address), LastPresence))?.value;
  }

  async set(last: LastPresence): Promise<void> {
    await this.#kv.set(key.one(last.address), last);
  }

  async delete(address: string): Promise<void> {
    await this.#kv.delete(key.one(address));
  }

  async list(): Promise<LastPresence[]> {
    const all = list(this.#kv, key.all, LastPresence);
    return await Array.fromAsync(all, ({ value }) => value);
  }
}
