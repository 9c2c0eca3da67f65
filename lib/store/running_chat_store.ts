import * as v from "valibot";
import { HOUR_MS } from "@/lib/base/times.ts";
import {
  type ChatChange,
  ChatEntry,
  type KeptChat,
  RunningChat,
} from "@/lib/model/running_chat.ts";
import type { StoreCommit, StoreEngine } from "./store_engine.ts";
import { sha256Hex } from "./sha256.ts";
import { decode, readable } from "./stored.ts";

// A chat consists of its head, and of its entries in the batches in which they
// were written. So a busy chat has one value for many entries.

const key = {
  head: (id: string) => ["running_chat", id, 0],
  batch: (id: string, from: number) => ["running_chat", id, 1, from],
  one: (id: string) => ({ prefix: ["running_chat", id] }),
  all: { prefix: ["running_chat"] },
  /** Exists for a while after the end of a chat. It does not name the chat,
   * because nothing of a deleted visit may be left. */
  over: (id: string) => ["running_chat_over", sha256Hex(id)],
};

const Batch = v.array(ChatEntry);

/** A write of an ended chat can be this late, for example after the connection
 * to a KV Connect server was lost. */
const LATE_WRITE_MS = HOUR_MS;

/** Maximum size of one value; Deno KV accepts 65,536. */
const BATCH_BYTES_MAX = 50_000;
/** The limits of a commit of Deno KV, with a margin: 800 KiB, 1,000 changes. */
const COMMIT_BYTES_MAX = 600_000;
const COMMIT_CHANGES_MAX = 500;
/** Deno KV allows 100 checks in a commit. */
const COMMIT_CHECKS_MAX = 100;
/** Maximum size of an entry in addition to its text. */
const ENTRY_BYTES = 300;

/** Running chats with their messages, and nothing of ended ones. */
export class RunningChatStore {
  readonly #kv: StoreEngine;

  constructor(kv: StoreEngine) {
    this.#kv = kv;
  }

  /**
   * Writes changes in as few commits as KV allows. Writing the same entries
   * again, in longer or shorter pieces, does no harm. If it rejects, all or a
   * part may have been written.
   */
  async write(changes: readonly ChatChange[]): Promise<void> {
    const commits = new Commits(this.#kv);
    for (const change of changes) {
      if (change.type === "gone") await this.#delete(change.id, commits);
      else await setChat(change, commits);
    }
    await commits.end();
  }

  /** Returns all stored chats. Deletes the remains of a chat without its
   * head. */
  async *all(): AsyncGenerator<KeptChat> {
    let chat: RunningChat | undefined;
    let entries = new Map<number, ChatEntry>();
    const found = this.#kv.list(key.all, { batchSize: 100 });
    for await (const entry of found) {
      const [, id, part] = entry.key;
      if (part === 0) {
        if (chat !== undefined) yield whole(chat, entries);
        entries = new Map();
        chat = (await readable(() => decode(RunningChat, entry)))?.value;
      } else if (chat?.id === id) {
        const batch = await readable(() => decode(Batch, entry));
        for (const one of batch?.value ?? []) entries.set(one.seq, one);
      } else await this.#kv.delete(entry.key);
    }
    if (chat !== undefined) yield whole(chat, entries);
  }

  /** Deletes the head first, without which the chat no longer exists. From then
   * on no write of the chat succeeds, not even a late one that was requested
   * before (CHAT23). */
  async #delete(id: string, commits: Commits): Promise<void> {
    await commits.set(key.over(id), 1, 100, LATE_WRITE_MS);
    for await (const entry of this.#kv.list(key.one(id))) {
      await commits.delete(entry.key);
    }
  }
}

async function setChat(
  { id, chat, entries }: ChatChange & { type: "kept" },
  commits: Commits,
): Promise<void> {
  const unless = key.over(id);
  if (chat !== undefined) {
    await commits.setUnless(unless, key.head(id), chat, 5_000);
  }
  for (const { batch, bytes } of batchesOf(entries)) {
    const from = batch[0]?.seq ?? 0;
    await commits.setUnless(unless, key.batch(id, from), batch, bytes);
  }
}

function* batchesOf(
  entries: readonly ChatEntry[],
): Generator<{ batch: ChatEntry[]; bytes: number }> {
  let batch: ChatEntry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const more = entry.text.length * 2 + ENTRY_BYTES;
    if (batch.length > 0 && bytes + more > BATCH_BYTES_MAX) {
      yield { batch, bytes };
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += more;
  }
  if (batch.length > 0) yield { batch, bytes };
}

/** Returns the entries in order, up to the first missing one. */
function whole(chat: RunningChat, found: Map<number, ChatEntry>): KeptChat {
  const entries: ChatEntry[] = [];
  for (let entry; (entry = found.get(entries.length + 1)) !== undefined;) {
    entries.push(entry);
  }
  return { chat, entries };
}

/** Writes changes in order, one commit after the other. */
class Commits {
  readonly #kv: StoreEngine;
  #commit: StoreCommit;
  readonly #checked = new Set<string>();
  #changes = 0;
  #bytes = 0;

  constructor(kv: StoreEngine) {
    this.#kv = kv;
    this.#commit = kv.atomic();
  }

  async set(
    key: Deno.KvKey,
    value: unknown,
    bytes: number,
    expireIn: number,
  ): Promise<void> {
    await this.#makeRoom(bytes);
    this.#commit.set(key, value, { expireIn });
  }

  /** Adds a value; the commit fails if `unless` exists. */
  async setUnless(
    unless: Deno.KvKey,
    key: Deno.KvKey,
    value: unknown,
    bytes: number,
  ): Promise<void> {
    await this.#makeRoom(bytes);
    const name = JSON.stringify(unless);
    if (!this.#checked.has(name)) {
      this.#checked.add(name);
      this.#commit.check({ key: unless, versionstamp: null });
    }
    this.#commit.set(key, value);
  }

  async delete(key: Deno.KvKey): Promise<void> {
    await this.#makeRoom(100);
    this.#commit.delete(key);
  }

  async end(): Promise<void> {
    if (this.#changes === 0) return;
    const { ok } = await this.#commit.commit();
    if (!ok) throw new Error("Cannot store a chat that is over");
    this.#commit = this.#kv.atomic();
    this.#checked.clear();
    this.#changes = 0;
    this.#bytes = 0;
  }

  async #makeRoom(bytes: number): Promise<void> {
    const isFull = this.#changes >= COMMIT_CHANGES_MAX ||
      this.#checked.size >= COMMIT_CHECKS_MAX ||
      this.#bytes + bytes > COMMIT_BYTES_MAX;
    if (isFull) await this.end();
    this.#changes++;
    this.#bytes += bytes;
  }
}
