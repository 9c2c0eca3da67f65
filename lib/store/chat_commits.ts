import { HOUR_MS } from "@/lib/base/times.ts";
import type { ChatHomes, WriteRight } from "./chat_homes.ts";
import { type ChatHome, key } from "./running_chat_keys.ts";
import {
  CHECKS_MAX,
  type StoreCommit,
  type StoreEngine,
} from "./store_engine.ts";

/** The limits of a commit of Deno KV, with a margin: 800 KiB, 1,000 changes. */
const COMMIT_BYTES_MAX = 600_000;
const COMMIT_CHANGES_MAX = 500;
/** One check is for all chats that this instance has already. */
const NEW_CHATS_MAX = CHECKS_MAX - 1;
/** Chats change their home rarely, so more tries than this are a bug. */
const TRIES_MAX = 5;
/** A write of an ended chat can be this late, for example after the connection
 * to a KV Connect server was lost. */
const LATE_WRITE_MS = HOUR_MS;

/** Changes of one chat that belong into one commit. */
export interface ChatPiece {
  id: string;
  /** Estimated size. */
  bytes: number;
  sets: readonly (readonly [Deno.KvKey, unknown])[];
  /** Index entries, which are written when the chat is stored first. */
  index?: readonly Deno.KvKey[];
  deletes: readonly Deno.KvKey[];
  /** `create` writes the chat even if it isn't stored yet; `park` and `end`
   * change its home; `rest` belongs to a chat that has ended. */
  type: "create" | "add" | "park" | "end" | "rest";
}

/**
 * Writes the changes of chats in order, in as few commits as possible. Each
 * commit checks that this instance is still the home of its chats, so that a
 * late write changes nothing of a chat that another instance has claimed, or
 * that is over.
 */
export class ChatCommits {
  /** Chats that other instances have claimed; nothing more of them is
   * written. */
  readonly claimed = new Set<string>();
  readonly #kv: StoreEngine;
  readonly #homes: ChatHomes;
  #pieces: ChatPiece[] = [];
  #bytes = 0;
  #changes = 0;
  /** Chats that are to be new, each of which needs a check. */
  readonly #checked = new Set<string>();

  constructor(kv: StoreEngine, homes: ChatHomes) {
    this.#kv = kv;
    this.#homes = homes;
  }

  async add(piece: ChatPiece): Promise<void> {
    const changes = piece.sets.length + piece.deletes.length;
    const isNew = piece.type !== "rest" && !this.#homes.owns(piece.id) &&
      !this.#checked.has(piece.id);
    const isFull = this.#bytes + piece.bytes > COMMIT_BYTES_MAX ||
      this.#changes + changes > COMMIT_CHANGES_MAX ||
      isNew && this.#checked.size === NEW_CHATS_MAX;
    if (isFull) await this.end();
    this.#pieces.push(piece);
    this.#bytes += piece.bytes;
    this.#changes += changes;
    if (isNew) this.#checked.add(piece.id);
  }

  /** Commits the waiting changes. */
  async end(): Promise<void> {
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#bytes = this.#changes = 0;
    this.#checked.clear();
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const all = await this.#allowed(pieces, tries > 0);
      if (all.length === 0 || await this.#commit(all)) return;
    }
    throw new Error(`Cannot store running chats: ${TRIES_MAX} tries failed`);
  }

  /** Returns the pieces that this instance may write. Looks up the homes of all
   * of them, or only of unknown ones. */
  async #allowed(
    pieces: readonly ChatPiece[],
    looksUpAll: boolean,
  ): Promise<readonly ChatPiece[]> {
    await (looksUpAll ? this.#homes.reopen() : this.#homes.open());
    const allowed: ChatPiece[] = [];
    const known = new Set<string>();
    for (const piece of pieces) {
      const { id, type } = piece;
      if (this.claimed.has(id)) continue;
      const isKnown = type === "rest" || known.has(id) || !looksUpAll &&
          (type === "create" || this.#homes.owns(id));
      known.add(id);
      const right = isKnown ? "own" : await this.#homes.look(id);
      if (right === "claimed") this.claimed.add(id);
      else if (isAllowed(right, type)) allowed.push(piece);
    }
    return allowed;
  }

  async #commit(pieces: readonly ChatPiece[]): Promise<boolean> {
    const commit = this.#kv.atomic();
    const rows = new Map<string, ChatHome | undefined>();
    for (const { id, sets, index = [], deletes, type } of pieces) {
      for (const [key, value] of sets) commit.set(key, value);
      for (const key of deletes) commit.delete(key);
      if (type === "rest") continue;
      if (!rows.has(id)) {
        const isNew = !this.#homes.owns(id);
        rows.set(id, isNew ? this.#homes.ownRow : undefined);
        if (isNew) {
          commit.check({ key: key.home(id), versionstamp: null });
          for (const key of index) commit.set(key, id);
        }
      }
      if (type === "park") rows.set(id, { state: "parked" });
      if (type === "end") rows.set(id, this.#homes.overRow);
    }
    return rows.size === 0
      ? (await commit.commit()).ok
      : await this.#commitRows(commit, rows);
  }

  /** Commits with the new rows of the chats' homes. */
  async #commitRows(
    commit: StoreCommit,
    rows: ReadonlyMap<string, ChatHome | undefined>,
  ): Promise<boolean> {
    const after: (() => void)[] = [];
    let isMoved = false;
    for (const [id, row] of rows) {
      if (row === undefined) continue;
      const expiry = row.state === "over" ? { expireIn: LATE_WRITE_MS } : {};
      commit.set(key.home(id), row, expiry);
      if (row.state === "owned") after.push(this.#homes.owning(id));
      else {
        isMoved = true;
        after.push(() => this.#homes.forget(id));
      }
    }
    const onDone = this.#homes.fence(commit, isMoved);
    const done = await commit.commit();
    if (!done.ok) return false;
    onDone(done.versionstamp);
    for (const each of after) each();
    return true;
  }
}

/** False if nothing is left to do. Throws if the chat is over. */
function isAllowed(right: WriteRight, type: ChatPiece["type"]): boolean {
  if (right === "own") return true;
  if (right === "new" && (type === "create" || type === "end")) return true;
  if (type === "create" || type === "add") {
    throw new Error("Cannot store a chat that is over");
  }
  return false;
}
