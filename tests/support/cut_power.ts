import type { ChatStore } from "@/lib/contact/chat_keeper.ts";
import type { ChatChange } from "@/lib/model/running_chat.ts";
import type { Chance } from "./chance.ts";

/** A chat store of a process that can be killed. After that nothing is written,
 * and no caller learns whether a pending write succeeded. */
export class CutPower implements ChatStore {
  readonly #store: ChatStore;
  readonly #dice: Chance;
  #isCut = false;

  constructor(store: ChatStore, dice: Chance) {
    this.#store = store;
    this.#dice = dice;
  }

  cut(): void {
    this.#isCut = true;
  }

  async write(changes: readonly ChatChange[]): Promise<readonly string[]> {
    while (this.#dice.next() < 0.5) await new Promise((go) => setTimeout(go));
    if (this.#isCut) return await never();
    const claimed = await this.#store.write(changes);
    if (this.#isCut) return await never();
    return claimed;
  }

  claim(
    ...args: Parameters<ChatStore["claim"]>
  ): ReturnType<ChatStore["claim"]> {
    return this.#store.claim(...args);
  }

  ofSeat(seat: string): ReturnType<ChatStore["ofSeat"]> {
    return this.#store.ofSeat(seat);
  }

  all(): ReturnType<ChatStore["all"]> {
    return this.#store.all();
  }
}

function never(): Promise<never> {
  return new Promise(() => {});
}
