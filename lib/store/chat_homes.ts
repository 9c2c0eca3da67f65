import { DAY_MS } from "@/lib/base/times.ts";
import { ChatHome, type ChatHome as Home, key } from "./running_chat_keys.ts";
import { decode, get, readable } from "./stored.ts";
import type { StoreCommit, StoreEngine } from "./store_engine.ts";

/** The right of an instance to write a chat: `new` if it has never been stored,
 * `over` if this instance has ended it, and `claimed` if another one is its home
 * or has ended it. */
export type WriteRight = "own" | "new" | "claimed" | "over";

/** Longer than any commit waits for its answer, also while the host sleeps. */
const FENCE_MS = DAY_MS;

/**
 * The homes of running chats, as one instance knows them. Each instance has a
 * fence: a row that changes whenever one of its chats is claimed, parked or
 * ends. Each of its commits checks that the row is unchanged, so one check is
 * enough for all chats in a commit.
 */
export class ChatHomes {
  readonly #kv: StoreEngine;
  readonly #own: string;
  /** Chats that this instance owns, as long as its fence is unchanged. */
  readonly #owned = new Set<string>();
  /** Version of the fence: null if there is none, undefined if unknown. */
  #fence: string | null | undefined;
  /** Counts the readings of the fence. What was found before one is no longer
   * certain after it. */
  #readings = 0;

  /** @param own Id of this instance, which no other process ever has. */
  constructor(kv: StoreEngine, own: string) {
    this.#kv = kv;
    this.#own = own;
  }

  /** The value of a chat's row while this instance owns it. */
  get ownRow(): Home {
    return { state: "owned", by: this.#own };
  }

  /** The value of a chat's row after this instance has ended it. */
  get overRow(): Home {
    return { state: "over", by: this.#own };
  }

  /** True if a commit that checks the fence may write the chat. */
  owns(id: string): boolean {
    return this.#owned.has(id);
  }

  /** Reads the fence, unless it is known. */
  async open(): Promise<void> {
    if (this.#fence === undefined) await this.reopen();
  }

  /** Reads the fence again, because a commit's check of it has failed. */
  async reopen(): Promise<void> {
    const { versionstamp } = await this.#kv.get(key.fence(this.#own));
    this.#fence = versionstamp;
    this.#owned.clear();
    this.#readings++;
  }

  /** Makes a commit of this instance's chats fail if one of them has been
   * claimed. `isMoved`: it parks or ends one, so older commits must fail. */
  fence(commit: StoreCommit, isMoved: boolean): (stamp: string) => void {
    const fence = this.#fence ?? null;
    const at = key.fence(this.#own);
    commit.check({ key: at, versionstamp: fence });
    const isChanged = isMoved || fence === null;
    if (isChanged) commit.set(at, 1, { expireIn: FENCE_MS });
    return (stamp) => {
      if (isChanged) this.#fence = stamp;
    };
  }

  /** Returns a function to call after a commit that has made this instance the
   * home of a chat. */
  owning(id: string): () => void {
    const readings = this.#readings;
    return () => {
      if (readings === this.#readings) this.#owned.add(id);
    };
  }

  /** Must be called after a commit that has ended or parked the chat. */
  forget(id: string): void {
    this.#owned.delete(id);
  }

  /** Reads whether this instance may write the chat. A commit whose answer was
   * lost is found here, because its row names this instance. */
  async look(id: string): Promise<WriteRight> {
    this.#owned.delete(id);
    const own = this.owning(id);
    const row = await get(this.#kv, key.home(id), ChatHome);
    if (row === undefined) return "new";
    const { value } = row;
    if (value.state === "over") {
      return (value.by ?? this.#own) === this.#own ? "over" : "claimed";
    }
    if (value.state === "parked" || value.by !== this.#own) return "claimed";
    own();
    return "own";
  }

  /** Returns the id of the instance that owns the chat. */
  async ownerOf(id: string): Promise<string | undefined> {
    const row = await get(this.#kv, key.home(id), ChatHome);
    return row?.value.state === "owned" ? row.value.by : undefined;
  }

  /** Returns the owners of at most ten chats, in their order. */
  async ownersOf(ids: readonly string[]): Promise<(string | undefined)[]> {
    const rows = await this.#kv.getMany(ids.map((id) => key.home(id)));
    return await Promise.all(rows.map(async (entry) => {
      if (entry.versionstamp === null) return undefined;
      const row = await readable(() => decode(ChatHome, entry));
      return row?.value.state === "owned" ? row.value.by : undefined;
    }));
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
      .set(key.home(id), this.ownRow);
    if (row.value.state === "owned") {
      commit.set(key.fence(row.value.by), 1, { expireIn: FENCE_MS });
    }
    try {
      await this.open();
      const own = this.owning(id);
      const done = await commit.commit();
      if (done.ok) own();
      if (done.ok) return true;
    } catch (error) {
      // The answer may have been lost, and not the claim.
      if (await this.look(id) === "own") return true;
      throw error;
    }
    return await this.look(id) === "own";
  }
}
