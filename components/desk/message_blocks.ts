import type { Entry } from "@/lib/protocol/desk/service_messages.ts";

/** Messages of one side in a row, drawn with one time below them. */
export interface MessageBlock {
  from: Entry["from"];
  entries: Entry[];
  /** Of the last message, in ms since 1970: the time stands below that one. */
  time: number;
}

/** A pause of this length begins a new block. */
const PAUSE_MS = 5 * 60_000;

/** The messages of a chat in blocks, in their order. */
export function blocksOf(entries: readonly Entry[]): MessageBlock[] {
  const all: MessageBlock[] = [];
  for (const entry of entries) {
    const block = all.at(-1);
    if (block?.from === entry.from && entry.time - block.time < PAUSE_MS) {
      block.entries.push(entry);
      block.time = entry.time;
    } else {
      all.push({ from: entry.from, entries: [entry], time: entry.time });
    }
  }
  return all;
}
