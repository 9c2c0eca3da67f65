import type { Presence } from "@/lib/model/presence.ts";

interface Watch {
  told: Presence;
  tell: (presence: Presence) => void;
}

/** The watchers of presence, by address. */
export class Watches {
  readonly #watches = new Map<string, Set<Watch>>();

  /** Sends `now` immediately and then each change, until disposed of. */
  add(
    address: string,
    now: Presence,
    tell: (presence: Presence) => void,
  ): Disposable {
    const watches = this.#watches.get(address) ?? new Set();
    this.#watches.set(address, watches);
    const watch = { told: now, tell };
    watches.add(watch);
    tell(now);
    return {
      [Symbol.dispose]: () => {
        watches.delete(watch);
        if (watches.size === 0 && this.#watches.get(address) === watches) {
          this.#watches.delete(address);
        }
      },
    };
  }

  /** Notifies the watchers of `address`, unless they have this presence
   * already. */
  tell(address: string, presence: Presence): void {
    for (const watch of [...this.#watches.get(address) ?? []]) {
      if (watch.told === presence) continue;
      watch.told = presence;
      watch.tell(presence);
    }
  }
}
