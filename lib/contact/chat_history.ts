import type { ChatEntry, ChatLog } from "./ports.ts";

/** All entries of one chat: both sides in one sequence, each once. */
export class ChatHistory implements ChatLog {
  /** The page's id of the chat. */
  readonly contact: string | undefined;
  /** By sender and id. */
  readonly #entries = new Map<string, ChatEntry>();
  /** In order, without those that wait for the store. */
  readonly #shown: ChatEntry[] = [];
  #characters = 0;
  #lastTime = 0;

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
    return this.#entries.size;
  }

  /** Characters of all texts together. */
  get characters(): number {
    return this.#characters;
  }

  since(seq: number): readonly ChatEntry[] {
    return this.#shown.slice(Math.max(0, seq));
  }

  /** Adds the next entry to the ones that both sides can see. */
  show(entry: ChatEntry): void {
    this.#shown.push(entry);
  }

  /** Returns the entry with this id of this sender, if any. */
  find(from: ChatEntry["from"], id: string): ChatEntry | undefined {
    return this.#entries.get(`${from} ${id}`);
  }

  /** Numbers a new message; the caller has checked that it is new. */
  append(said: Omit<ChatEntry, "seq">): ChatEntry {
    const seq = this.length + 1;
    // The host's clock may be set back, but a chat is in chronological order.
    const time = Math.max(said.time, this.#lastTime);
    return this.#add({ seq, ...said, time });
  }

  #add(entry: ChatEntry): ChatEntry {
    this.#entries.set(`${entry.from} ${entry.id}`, entry);
    this.#characters += entry.text.length;
    this.#lastTime = entry.time;
    return entry;
  }
}
