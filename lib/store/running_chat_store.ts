import { newUuid } from "@/lib/base/ids.ts";
import {
  type ChatChange,
  ChatEntry,
  type KeptChat,
  RunningChat,
} from "@/lib/model/running_chat.ts";
import { ChatCommits, type ChatPiece } from "./chat_commits.ts";
import { ChatHomes } from "./chat_homes.ts";
import { Batch, indexKeys, key } from "./running_chat_keys.ts";
import { decode, get, readable } from "./stored.ts";
import type { StoreEngine, StoreRange } from "./store_engine.ts";
import { withUnknownOf } from "./unknown_members.ts";

/** Maximum size of one value; Deno KV accepts 65,536. */
const BATCH_BYTES_MAX = 50_000;
/** Maximum size of an entry in addition to its text. */
const ENTRY_BYTES = 300;
/** Maximum size of a head, with its index entries. */
const HEAD_BYTES = 5_000;
const DELETION_BYTES = 100;
const HEAD = { schema: RunningChat, id: "id" };
/** Keys that are deleted together. */
const DELETIONS_MAX = 400;
/** Rows that are read together. */
const READ_TOGETHER = 10;

/** A chat that one of several instances continues. */
export interface OwnedChat {
  id: string;
  /** The instance; absent if no instance has continued it yet. */
  home?: string;
}

/** The same, with the name of its visitor's seat. */
export interface SeatedChat extends OwnedChat {
  seat: string;
}

/** Running chats with their messages, and nothing of ended ones. */
export class RunningChatStore {
  readonly #kv: StoreEngine;
  readonly #homes: ChatHomes;
  /** The heads of chats that another process has stored, by id: a later version
   * may have stored more than this one writes. */
  readonly #heads = new Map<string, RunningChat>();

  /** @param own Id of this instance, which no other process ever has. */
  constructor(kv: StoreEngine, own = newUuid()) {
    this.#kv = kv;
    this.#homes = new ChatHomes(kv, own);
  }

  /**
   * Writes changes in as few commits as KV allows. Writing the same entries
   * again, in longer or shorter pieces, does no harm. Returns the chats that
   * another instance has claimed; nothing was written of these. If it rejects,
   * all or a part may have been written.
   */
  async write(changes: readonly ChatChange[]): Promise<readonly string[]> {
    const commits = new ChatCommits(this.#kv, this.#homes);
    for (const change of changes) {
      for await (const piece of this.#piecesOf(change)) {
        await commits.add(piece);
      }
    }
    await commits.end();
    for (const id of commits.claimed) this.#heads.delete(id);
    return [...commits.claimed];
  }

  /** Returns all stored chats whose head is readable. Deletes the remains of a
   * chat without its head. */
  async *all(): AsyncGenerator<KeptChat> {
    let chat: RunningChat | undefined;
    let entries = new Map<number, ChatEntry>();
    let headOf: unknown;
    const found = this.#kv.list(key.all, { batchSize: 100 });
    for await (const entry of found) {
      const [, id, part] = entry.key;
      if (part === 0) {
        if (chat !== undefined) yield whole(chat, entries);
        entries = new Map();
        headOf = id;
        chat = (await readable(() => decode(RunningChat, entry)))?.value;
      } else if (chat?.id === id) await addBatch(entry, entries);
      else if (headOf !== id) await this.#kv.delete(entry.key);
    }
    if (chat !== undefined) yield whole(chat, entries);
  }

  /**
   * Makes this instance the home of a chat, and returns it with all its
   * messages. Returns undefined if another instance is its home and not dead,
   * or was faster, or if the chat is over.
   */
  async claim(
    id: string,
    isDead: (home: string) => boolean | Promise<boolean>,
  ): Promise<KeptChat | undefined> {
    if (!await this.#homes.claim(id, isDead)) return undefined;
    let chat: RunningChat | undefined;
    const entries = new Map<number, ChatEntry>();
    for await (const entry of this.#kv.list(key.one(id), { batchSize: 100 })) {
      if (entry.key[2] !== 0) await addBatch(entry, entries);
      else chat = (await readable(() => decode(RunningChat, entry)))?.value;
    }
    if (chat !== undefined) this.#heads.set(id, chat);
    return chat && whole(chat, entries);
  }

  /** Returns the instance that continues a chat; undefined if there is none. */
  ownerOf(id: string): Promise<string | undefined> {
    return this.#homes.ownerOf(id);
  }

  /** Returns the chats of a visitor's seat: one, or two while a chat replaces
   * another one. */
  ofSeat(seat: string): Promise<OwnedChat[]> {
    return this.#owners(key.ofSeat(seat));
  }

  /** Returns the chats with an agent. */
  ofAgent(address: string): Promise<OwnedChat[]> {
    return this.#owners(key.ofAgent(address));
  }

  /** Returns the seats of the visitors who have a chat with an agent, and the
   * ids of the agent's legs. */
  async seatsOfAgent(address: string): Promise<SeatedChat[]> {
    const seated: SeatedChat[] = [];
    for (const owned of await this.ofAgent(address)) {
      const head = await get(this.#kv, key.head(owned.id), RunningChat);
      if (head === undefined) continue;
      const { seat, by } = head.value;
      const isOther = by && by.address.toLowerCase() !== address.toLowerCase();
      if (!isOther) seated.push({ ...owned, id: by?.leg ?? owned.id, seat });
    }
    return seated;
  }

  /** Returns all chats, without reading their messages. */
  async *owned(): AsyncGenerator<SeatedChat> {
    let some: { seat: string; id: string }[] = [];
    for await (const entry of this.#kv.list(key.bySeats, { batchSize: 500 })) {
      const [, seat, id] = entry.key.map(String);
      if (seat === undefined || id === undefined) continue;
      some.push({ seat, id });
      if (some.length < READ_TOGETHER) continue;
      yield* this.#withHomes(some);
      some = [];
    }
    if (some.length > 0) yield* this.#withHomes(some);
  }

  async *#withHomes(
    chats: readonly { seat: string; id: string }[],
  ): AsyncGenerator<SeatedChat> {
    const homes = await this.#homes.ownersOf(chats.map(({ id }) => id));
    for (const [n, chat] of chats.entries()) {
      const home = homes[n];
      yield { ...chat, ...(home !== undefined && { home }) };
    }
  }

  async #owners(index: StoreRange): Promise<OwnedChat[]> {
    const owners: OwnedChat[] = [];
    for await (const entry of this.#kv.list(index, { batchSize: 100 })) {
      const id = String(entry.key.at(-1));
      const home = await this.#homes.ownerOf(id);
      owners.push({ id, ...(home !== undefined && { home }) });
    }
    return owners;
  }

  async *#piecesOf(change: ChatChange): AsyncGenerator<ChatPiece> {
    const { id } = change;
    switch (change.type) {
      case "kept":
        return yield* writing(change, this.#heads.get(id));
      case "parked":
        this.#heads.delete(id);
        return yield {
          ...{ id, bytes: DELETION_BYTES },
          ...{ sets: [], deletes: [], type: "park" },
        };
      case "gone":
        this.#heads.delete(id);
        return yield* this.#deleting(id);
    }
  }

  /** Deletes the head first, without which the chat no longer exists. From then
   * on no write of the chat succeeds, not even a late one that was requested
   * before (CHAT23). */
  async *#deleting(id: string): AsyncGenerator<ChatPiece> {
    let keys: Deno.KvKey[] = [];
    let type: ChatPiece["type"] = "end";
    const piece = (): ChatPiece => {
      const bytes = DELETION_BYTES * Math.max(1, keys.length);
      return { id, bytes, sets: [], deletes: keys, type };
    };
    for await (const entry of this.#kv.list(key.one(id))) {
      keys.push(entry.key);
      if (entry.key[2] === 0) {
        const chat = await readable(() => decode(RunningChat, entry));
        if (chat !== undefined) keys.push(...indexKeys(chat.value));
      }
      if (keys.length < DELETIONS_MAX) continue;
      yield piece();
      keys = [];
      type = "rest";
    }
    yield piece();
  }
}

function* writing(
  { id, chat, entries }: ChatChange & { type: "kept" },
  before: RunningChat | undefined,
): Generator<ChatPiece> {
  if (chat !== undefined) {
    const head = withUnknownOf(before, chat, HEAD);
    const index = indexKeys(chat);
    // The agent who has it may be known later than the chat.
    const later = chat.by ? index.map((at) => [at, id] as const) : [];
    const sets = [[key.head(id), head] as const, ...later];
    const { call, route, handovers } = chat;
    const more = [call, route, handovers]
      .flatMap((one) => one ? JSON.stringify(one) : []);
    const bytes = HEAD_BYTES + more.join("").length;
    yield { id, bytes, sets, index, deletes: [], type: "create" };
  }
  for (const { batch, bytes } of batchesOf(entries)) {
    const sets = [[key.batch(id, batch[0]?.seq ?? 0), batch] as const];
    yield { id, bytes, sets, deletes: [], type: "add" };
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

async function addBatch(
  entry: Deno.KvEntry<unknown>,
  entries: Map<number, ChatEntry>,
): Promise<void> {
  const batch = await readable(() => decode(Batch, entry));
  for (const one of batch?.value ?? []) entries.set(one.seq, one);
}

/** Returns the entries in order, up to the first missing one. */
function whole(chat: RunningChat, found: Map<number, ChatEntry>): KeptChat {
  const entries: ChatEntry[] = [];
  for (let entry; (entry = found.get(entries.length + 1)) !== undefined;) {
    entries.push(entry);
  }
  return { chat, entries };
}
