import { contactOfLeg } from "@/lib/base/ids.ts";
import type { Entry } from "@/lib/protocol/desk/service_messages.ts";

/** Successive messages of one side, with one time below them. */
export interface MessageBlock {
  from: Entry["from"];
  /** The agent's leg that wrote them, if it is not the first one. */
  leg?: string;
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
    const isSame = block?.from === entry.from && block.leg === entry.leg;
    if (isSame && entry.time - block.time < PAUSE_MS) {
      block.entries.push(entry);
      block.time = entry.time;
    } else {
      const { from, leg, time } = entry;
      const by = leg === undefined ? {} : { leg };
      all.push({ from, ...by, entries: [entry], time });
    }
  }
  return all;
}

/** Returns who has written messages, as an agent sees them whose desk knows the
 * chat by `id`. Before a handover, a colleague had it. */
export function authorOf(
  { from, leg }: Pick<MessageBlock, "from" | "leg">,
  id: string,
): "visitor" | "own" | "colleague" {
  if (from === "visitor") return "visitor";
  return (leg ?? contactOfLeg(id)) === id ? "own" : "colleague";
}
