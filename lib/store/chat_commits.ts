import { HOUR_MS } from "@/lib/base/times.ts";
import type { ChatHomes, WriteRight } from "./chat_homes.ts";
import { type ChatHome, key } from "./running_chat_keys.ts";
import { CHECKS_MAX, type StoreEngine } from "./store_engine.ts";

/** The limits of a commit of Deno KV, with a margin: 800 KiB, 1,000 changes. */
const COMMIT_BYTES_MAX = 600_000;
const COMMIT_CHANGES_MAX = 500;
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
 * Writes the changes of each chat in order, in as few commits as possible.
 * Commits of different chats are sent at the same time. Each commit checks that this instance is still the home of its chats, so that a
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
  readonly #checked = new Set<string>();
  /** Commits without an answer so far, and the chats in them. */
  #sent: Promise<void>[] = [];
  readonly #sentChats = new Set<string>();

  constructor(kv: StoreEngine, homes: ChatHomes) {
    this.#kv = kv;
    this.#homes = homes;
  }

  async add(piece: ChatPiece): Promise<void> {
    const changes = piece.sets.length + piece.deletes.length;
    const checks = piece.type === "rest" || this.#checked.has(piece.id) ? 0 : 1;
    const isFull = this.#bytes + piece.bytes > COMMIT_BYTES_MAX ||
      this.#changes + changes > COMMIT_CHANGES_MAX ||
      this.#checked.size + checks > CHECKS_MAX;
    if (isFull) this.#send();
    if (this.#sentChats.has(piece.id)) await this.#answered();
    this.#pieces.push(piece);
    this.#bytes += piece.bytes;
    this.#changes += changes;
    if (piece.type !== "rest") this.#checked.add(piece.id);
  }

  /** Commits the waiting changes. Rejects if any commit has failed. */
  async end(): Promise<void> {
    this.#send();
    await this.#answered();
  }

  #send(): void {
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#bytes = this.#changes = 0;
    this.#checked.clear();
    for (const { id } of pieces) this.#sentChats.add(id);
    const sent = this.#write(pieces);
    sent.catch(() => {}); // It is looked at when all have an answer.
    this.#sent.push(sent);
  }

  /** Waits for all commits, because a failed one must not leave others behind. */
  async #answered(): Promise<void> {
    const sent = this.#sent;
    this.#sent = [];
    this.#sentChats.clear();
    const failed = (await Promise.allSettled(sent))
      .find((one) => one.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  async #write(pieces: readonly ChatPiece[]): Promise<void> {
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
    const allowed: ChatPiece[] = [];
    const known = new Set<string>();
    for (const piece of pieces) {
      const { id, type } = piece;
      if (this.claimed.has(id)) continue;
      const isKnown = type === "rest" || known.has(id) || !looksUpAll &&
          (type === "create" || this.#homes.stampOf(id) !== undefined);
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
        const stamp = this.#homes.stampOf(id);
        commit.check({ key: key.home(id), versionstamp: stamp ?? null });
        rows.set(id, stamp === undefined ? this.#homes.ownRow : undefined);
        if (stamp === undefined) {
          for (const key of index) commit.set(key, id);
        }
      }
      if (type === "park") rows.set(id, { state: "parked" });
      if (type === "end") rows.set(id, { state: "over" });
    }
    for (const [id, row] of rows) {
      const expiry = row?.state === "over" ? { expireIn: LATE_WRITE_MS } : {};
      if (row !== undefined) commit.set(key.home(id), row, expiry);
    }
    const done = await commit.commit();
    if (!done.ok) return false;
    for (const [id, row] of rows) {
      if (row?.state === "owned") this.#homes.set(id, done.versionstamp);
      else if (row !== undefined) this.#homes.forget(id);
    }
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
