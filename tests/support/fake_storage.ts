import type { TabStorage } from "@/desk/tab_storage.ts";

/** A `sessionStorage` that holds at most `max` characters in one value. */
export class FakeStorage implements TabStorage {
  readonly items = new Map<string, string>();
  readonly #max: number;

  constructor(max = Infinity) {
    this.#max = max;
  }

  get length(): number {
    return this.items.size;
  }

  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (value.length > this.#max) throw new Error("QuotaExceededError");
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }
}
