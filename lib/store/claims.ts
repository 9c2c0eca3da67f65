import * as v from "valibot";
import { commitWithRetry } from "./commit_with_retry.ts";
import type { StoreEngine } from "./store_engine.ts";
import { get } from "./stored.ts";

const Home = v.object({
  /** Id of the instance. */
  home: v.string(),
  /** Counts the homes so far. */
  epoch: v.number(),
});

/**
 * The homes of one kind of thing: the instance that has it, for each key. The
 * store decides, so two instances that claim the same thing at the same time
 * agree. A row is written only when the home changes. A commit whose answer was
 * lost is recognized, because the row names this instance.
 */
export class HomeClaims {
  readonly #kv: StoreEngine;
  readonly #kind: string;
  readonly #own: string;

  /** @param own Id of this instance. */
  constructor(kv: StoreEngine, kind: string, own: string) {
    this.#kv = kv;
    this.#kind = kind;
    this.#own = own;
  }

  /** Returns the id of the home: this instance if the thing had none, or a dead
   * one. */
  async claim(
    name: string,
    isDead: (home: string) => boolean | Promise<boolean>,
  ): Promise<string> {
    return await this.#settle(name, isDead);
  }

  /** Makes this instance the home in any case: a newer link of a PBX replaces
   * the older one. */
  async take(name: string): Promise<void> {
    await this.#settle(name, () => true);
  }

  /** True if this instance is the home. */
  async hold(name: string): Promise<boolean> {
    return await this.homeOf(name) === this.#own;
  }

  /** Releases the thing, so that any instance can claim it. Does nothing if this
   * instance isn't its home. */
  async release(name: string): Promise<void> {
    const key = this.#key(name);
    const row = await get(this.#kv, key, Home);
    if (row?.value.home !== this.#own) return;
    await this.#kv.atomic()
      .check({ key, versionstamp: row.revision }).delete(key).commit();
  }

  /** Returns the id of the home, alive or dead. */
  async homeOf(name: string): Promise<string | undefined> {
    return (await get(this.#kv, this.#key(name), Home))?.value.home;
  }

  #key(name: string): Deno.KvKey {
    return ["home", this.#kind, name];
  }

  async #settle(
    name: string,
    mayTake: (home: string) => boolean | Promise<boolean>,
  ): Promise<string> {
    const key = this.#key(name);
    let failure: unknown;
    return await commitWithRetry(`claim ${this.#kind} ${name}`, async () => {
      const row = await get(this.#kv, key, Home);
      const home = row?.value.home;
      if (home === this.#own) return home;
      if (failure !== undefined) throw failure;
      if (home !== undefined && !await mayTake(home)) return home;
      const epoch = (row?.value.epoch ?? 0) + 1;
      const commit = this.#kv.atomic()
        .check({ key, versionstamp: row?.revision ?? null })
        .set(key, { home: this.#own, epoch });
      try {
        return (await commit.commit()).ok ? this.#own : undefined;
      } catch (error) {
        failure = error;
        return undefined; // The answer may have been lost: look once more.
      }
    });
  }
}
