import type { Info } from "@/lib/protocol/visitor/session_messages.ts";
import { isAvailable } from "./model.ts";

/** Puts a random available agent first, and keeps it there while it is
 * available. */
export class Featured {
  #id: string | undefined;

  first(cards: readonly Info[], chance = Math.random()): readonly Info[] {
    const available = cards.filter(isAvailable);
    const chosen = available.find(({ id }) => id === this.#id) ??
      available[Math.floor(chance * available.length)];
    this.#id = chosen?.id;
    return chosen
      ? [chosen, ...cards.filter((card) => card !== chosen)]
      : cards;
  }
}
