import { type Signal, signal } from "@preact/signals";

const KEY = "desk-hidden-callbacks";
/** Rings that are remembered. Each of them lasts for a minute. */
const HIDDEN_MAX = 40;

type HiddenStorage = Pick<Storage, "getItem" | "setItem">;

/** The rings of callbacks that the agent has hidden in this browser. */
export class HiddenRings {
  readonly ids: Signal<ReadonlySet<string>> = signal(new Set());
  readonly #storage: () => HiddenStorage | undefined;

  /** Without storage, a ring is hidden on this page only. The server, which draws
   * the page, must not open its own. */
  constructor(storage: () => HiddenStorage | undefined) {
    this.#storage = storage;
  }

  /** Follows the other pages until aborted. */
  follow(page: EventTarget, signal: AbortSignal): void {
    this.#read();
    page.addEventListener("storage", () => this.#read(), { signal });
  }

  hide(id: string): void {
    this.#read();
    const ids = [...this.ids.value, id].slice(-HIDDEN_MAX);
    this.ids.value = new Set(ids);
    try {
      this.#storage()?.setItem(KEY, ids.join(" "));
    } catch {
      // The storage is full or blocked, so it is hidden on this page only.
    }
  }

  #read(): void {
    try {
      const ids = this.#storage()?.getItem(KEY);
      if (ids) this.ids.value = new Set(ids.split(" ").slice(-HIDDEN_MAX));
    } catch {
      // The browser blocks all storage.
    }
  }
}

/** Returns the storage that all pages of a browser share. Throws where the browser
 * blocks it. */
export const sharedStorage = () => localStorage;
