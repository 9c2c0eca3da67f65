import type { Entry } from "@/lib/protocol/desk/service_messages.ts";

/** Successive messages of one side, with one time below them. */
export interface MessageBlock {
  from: Entry["from"];
  entries: Entry[];
  /** Time of the last message, in ms since 1970, which is shown below it. */
  time: number;
}

/** A pause of this length begins a new block. */
const PAUSE_MS = 5 * 60_000;

/** Returns the messages of a chat in blocks, in their order. */
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
