import type { AgentPort } from "@/lib/contact/ports.ts";
import type { Route } from "@/lib/model/route.ts";

/** Knows which agents of a route can be rung, while the contact rings. */
export class RouteWatch implements Disposable {
  readonly #watches = new DisposableStack();
  readonly #free = new Set<string>();
  readonly #busy = new Set<string>();

  /**
   * @param needsChat True if an agent who can only be called doesn't count.
   * @param onFree Called when an agent who was not free can be rung.
   */
  constructor(
    { steps }: Route,
    { watch, needsChat, onFree }: {
      watch: AgentPort["watch"];
      needsChat: boolean;
      onFree: (address: string) => void;
    },
  ) {
    let isComplete = false;
    for (const address of new Set(steps.flatMap(({ agents }) => agents))) {
      this.#watches.use(watch(address, (presence, lacks) => {
        const wasFree = this.#free.has(address);
        const isFree = presence === "online" && !(needsChat && lacks);
        if (presence === "busy") this.#busy.add(address);
        else this.#busy.delete(address);
        if (isFree) this.#free.add(address);
        else this.#free.delete(address);
        if (isComplete && isFree && !wasFree) onFree(address);
      }));
    }
    isComplete = true;
  }

  isFree(address: string): boolean {
    return this.#free.has(address);
  }

  isBusy(address: string): boolean {
    return this.#busy.has(address);
  }

  [Symbol.dispose](): void {
    this.#watches.dispose();
  }
}
