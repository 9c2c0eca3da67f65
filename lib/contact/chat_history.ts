import type { ChatEntry, ChatLog } from "./ports.ts";

/** All entries of one chat: both sides in one sequence, each once. An entry
 * that is not stored yet is included, but is not shown to anyone. */
export class ChatHistory implements ChatLog {
  /** The page's id of the chat. */
  readonly contact: string | undefined;
  readonly #entries: ChatEntry[] = [];
  readonly #bySender = new Map<string, ChatEntry>();
  #characters = 0;
  #shown = 0;

  /** Starts with the entries of a resumed chat, all shown. */
  constructor(
    { contact, before = [] }: {
      contact?: string | undefined;
      before?: readonly ChatEntry[];
    } = {},
  ) {
    this.contact = contact;
    for (const entry of before) this.show(this.#add(entry));
  }

  get length(): number {
    return this.#entries.length;
  }

  /** Characters of all texts together. */
  get characters(): number {
    return this.#characters;
  }

  since(seq: number): readonly ChatEntry[] {
    return this.#entries.slice(Math.max(0, seq), this.#shown);
  }

  /** Shows this entry, and the earlier ones, to both sides. */
  show({ seq }: ChatEntry): void {
    this.#shown = Math.max(this.#shown, seq);
  }

  /** Returns the entry with this id of this sender, if any. */
  find(from: ChatEntry["from"], id: string): ChatEntry | undefined {
    return this.#bySender.get(`${from} ${id}`);
  }

  /** Adds a new entry; the caller has checked that it is new. */
  append(said: Omit<ChatEntry, "seq">): ChatEntry {
    const seq = this.#entries.length + 1;
    // The host's clock may be set back, but a chat is in chronological order.
    const time = Math.max(said.time, this.#entries.at(-1)?.time ?? 0);
    return this.#add({ seq, ...said, time });
  }

  #add(entry: ChatEntry): ChatEntry {
    this.#entries.push(entry);
    this.#characters += entry.text.length;
    this.#bySender.set(`${entry.from} ${entry.id}`, entry);
    return entry;
  }
}
