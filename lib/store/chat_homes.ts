import { ChatHome, type ChatHome as Home, key } from "./running_chat_keys.ts";
import { get } from "./stored.ts";
import type { StoreEngine } from "./store_engine.ts";

/** The right of an instance to write a chat: `new` if it has never been stored,
 * and `over` if it has ended. */
export type WriteRight = "own" | "new" | "claimed" | "over";

/** The homes of running chats, as one instance knows them. */
export class ChatHomes {
  readonly #kv: StoreEngine;
  readonly #own: string;
  /** The version of the home's row of each chat that this instance owns. */
  readonly #stamps = new Map<string, string>();

  /** @param own Id of this instance, which no other process ever has. */
  constructor(kv: StoreEngine, own: string) {
    this.#kv = kv;
    this.#own = own;
  }

  /** The value of a chat's row while this instance owns it. */
  get ownRow(): Home {
    return { state: "owned", by: this.#own };
  }

  /** Returns the check that a commit needs; `undefined` if this instance does
   * not know the chat, so that it is new or has to be looked up. */
  stampOf(id: string): string | undefined {
    return this.#stamps.get(id);
  }

  /** Must be called after a commit that has written the row. */
  set(id: string, stamp: string): void {
    this.#stamps.set(id, stamp);
  }

  /** Must be called after a commit that has ended or parked the chat. */
  forget(id: string): void {
    this.#stamps.delete(id);
  }

  /** Reads whether this instance may write the chat. A commit whose answer was
   * lost is found here, because its row names this instance. */
  async look(id: string): Promise<WriteRight> {
    this.#stamps.delete(id);
    const row = await get(this.#kv, key.home(id), ChatHome);
    if (row === undefined) return "new";
    const { value, revision } = row;
    if (value.state === "over") return "over";
    if (value.state === "parked" || value.by !== this.#own) return "claimed";
    this.#stamps.set(id, revision);
    return "own";
  }

  /** Returns the id of the instance that owns the chat. */
  async ownerOf(id: string): Promise<string | undefined> {
    const row = await get(this.#kv, key.home(id), ChatHome);
    return row?.value.state === "owned" ? row.value.by : undefined;
  }

  /**
   * Makes this instance the home of a chat that is parked, or whose home is
   * dead. Returns false if another instance is its home or was faster, or if
   * the chat has ended.
   */
  async claim(
    id: string,
    isDead: (home: string) => boolean | Promise<boolean>,
  ): Promise<boolean> {
    const row = await get(this.#kv, key.home(id), ChatHome);
    if (row === undefined || row.value.state === "over") return false;
    if (row.value.state === "owned") {
      if (row.value.by === this.#own) return await this.look(id) === "own";
      if (!await isDead(row.value.by)) return false;
    }
    const commit = this.#kv.atomic()
      .check({ key: key.home(id), versionstamp: row.revision })
      .set(key.home(id), this.ownRow)
      .commit();
    try {
      const done = await commit;
      if (done.ok) this.#stamps.set(id, done.versionstamp);
      if (done.ok) return true;
    } catch (error) {
      // The answer may have been lost, and not the claim.
      if (await this.look(id) === "own") return true;
      throw error;
    }
    return await this.look(id) === "own";
  }
}
