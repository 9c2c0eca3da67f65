import type { ChatEntry, ChatLog } from "./ports.ts";

/** All entries of one chat: both sides in one row, each once. One that is not
 * kept yet counts, and is shown to nobody. */
export class ChatHistory implements ChatLog {
  /** The page's name of the chat. */
  readonly contact: string | undefined;
  readonly #entries: ChatEntry[] = [];
  readonly #bySender = new Map<string, ChatEntry>();
  #characters = 0;
  #shown = 0;

  /** With the entries of a chat that ran before, all shown. */
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

  /** Of all texts together. */
  get characters(): number {
    return this.#characters;
  }

  since(seq: number): readonly ChatEntry[] {
    return this.#entries.slice(Math.max(0, seq), this.#shown);
  }

  /** From now on both sides may see this entry, and those before it. */
  show({ seq }: ChatEntry): void {
    this.#shown = Math.max(this.#shown, seq);
  }

  /** The entry that this sender made with this id of its own, if any. */
  find(from: ChatEntry["from"], id: string): ChatEntry | undefined {
    return this.#bySender.get(`${from} ${id}`);
  }

  /** Adds a new entry; the caller has looked whether it is new. */
  append(said: Omit<ChatEntry, "seq">): ChatEntry {
    const seq = this.#entries.length + 1;
    // The machine's clock may be set back; a chat reads in one direction.
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
