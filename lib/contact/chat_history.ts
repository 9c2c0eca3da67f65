import type { ChatEntry, ChatLog } from "./ports.ts";

/** All entries of one chat: both sides in one row, each once. */
export class ChatHistory implements ChatLog {
  readonly #entries: ChatEntry[] = [];
  readonly #bySender = new Map<string, ChatEntry>();
  #characters = 0;

  get length(): number {
    return this.#entries.length;
  }

  /** Of all texts together. */
  get characters(): number {
    return this.#characters;
  }

  since(seq: number): readonly ChatEntry[] {
    return this.#entries.slice(Math.max(0, seq));
  }

  /** The entry that this sender made with this id of its own, if any. */
  find(from: ChatEntry["from"], id: string): ChatEntry | undefined {
    return this.#bySender.get(`${from} ${id}`);
  }

  /** Adds a new entry; the caller has looked whether it is new. */
  append(said: Omit<ChatEntry, "seq">): ChatEntry {
    const entry = { seq: this.#entries.length + 1, ...said };
    this.#entries.push(entry);
    this.#characters += entry.text.length;
    this.#bySender.set(`${said.from} ${said.id}`, entry);
    return entry;
  }
}
