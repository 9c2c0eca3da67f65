import type { ChatShelf } from "@/lib/contact/chat_keeper.ts";
import type { ChatChange } from "@/lib/model/running_chat.ts";
import type { Chance } from "./chance.ts";

/** A chat store of a process that can be killed. After that nothing is written,
 * and no caller learns whether a pending write succeeded. */
export class CutPower implements ChatShelf {
  readonly #shelf: ChatShelf;
  readonly #dice: Chance;
  #isCut = false;

  constructor(shelf: ChatShelf, dice: Chance) {
    this.#shelf = shelf;
    this.#dice = dice;
  }

  cut(): void {
    this.#isCut = true;
  }

  async write(changes: readonly ChatChange[]): Promise<void> {
    while (this.#dice.next() < 0.5) await new Promise((go) => setTimeout(go));
    if (this.#isCut) return await never();
    await this.#shelf.write(changes);
    if (this.#isCut) return await never();
  }

  all(): ReturnType<ChatShelf["all"]> {
    return this.#shelf.all();
  }
}

function never(): Promise<never> {
  return new Promise(() => {});
}
