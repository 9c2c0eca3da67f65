import type { Info } from "@/lib/protocol/visitor/session_messages.ts";
import { isAvailable } from "./model.ts";

/** Puts an available agent by chance before the others, and lets it stay there
 * as long as it is available. */
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
