import type {
  ChatChange,
  ChatEntry,
  RunningChat,
} from "@/lib/model/running_chat.ts";

/** Maximum number of characters in one round of writes. */
const ROUND_CHARACTERS_MAX = 200_000;
/** The cost of deleting one chat, in characters, because the store has to
 * search for it. */
const GONE_CHARACTERS = 5_000;

/** The unwritten changes of one chat. */
interface Unwritten {
  chat?: RunningChat;
  entries: ChatEntry[];
  isParked?: true;
  isGone?: true;
}

/** The changes of running chats that are not written yet, in their order. */
export class UnwrittenChats {
  /** By chat. */
  readonly #chats = new Map<string, Unwritten>();

  /** Number of chats with changes. */
  get size(): number {
    return this.#chats.size;
  }

  /** Returns the changes of a chat, to add to them. */
  of(id: string): Unwritten {
    const known = this.#chats.get(id);
    if (known !== undefined) return known;
    const unwritten = { entries: [] };
    this.#chats.set(id, unwritten);
    return unwritten;
  }

  /** The chat is to be deleted, so its other changes don't matter. */
  delete(id: string): void {
    this.#chats.set(id, { entries: [], isGone: true });
  }

  /** Nothing of the chat may be written any more. */
  drop(id: string): void {
    this.#chats.delete(id);
  }

  /** Puts unwritten changes back, before the newer ones. */
  putBack(change: ChatChange): void {
    const since = this.#chats.get(change.id);
    if (since?.isGone) return;
    if (change.type === "gone") return this.delete(change.id);
    if (change.type === "parked") {
      this.of(change.id).isParked = true;
      return;
    }
    const chat = since?.chat ?? change.chat;
    this.#chats.set(change.id, {
      ...since,
      ...(chat && { chat }),
      entries: [...change.entries, ...since?.entries ?? []],
    });
  }

  /** Returns the next changes to write, as many as fit into one round. */
  take(): { changes: ChatChange[]; isAll: boolean } {
    const changes: ChatChange[] = [];
    let room = ROUND_CHARACTERS_MAX;
    for (const [id, unwritten] of this.#chats) {
      if (room <= 0) break;
      const { chat, entries, isGone, isParked } = unwritten;
      let count = 0;
      while (count < entries.length && room > 0) {
        room -= entries[count++]?.text.length ?? 0;
      }
      const now = entries.slice(0, count);
      const rest = entries.slice(count);
      if (isGone) {
        changes.push({ type: "gone", id });
        room -= GONE_CHARACTERS;
      } else if (chat !== undefined || now.length > 0) {
        changes.push({ type: "kept", id, ...(chat && { chat }), entries: now });
      }
      if (rest.length === 0) {
        if (isParked) changes.push({ type: "parked", id });
        this.#chats.delete(id);
      } else {
        this.#chats.set(id, { entries: rest, ...isParked && { isParked } });
      }
    }
    return { changes, isAll: this.#chats.size === 0 };
  }
}
