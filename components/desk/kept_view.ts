import { effect } from "@preact/signals";
import type { Desk } from "./desk.ts";
import { find } from "./desk_state.ts";
import type { DraftStorage } from "./drafts.ts";

const KEY = "desk-shown";

/**
 * Stores which conversation is visible, and shows it again after a reload or a
 * visit to another page if it is still running. Returns a function that stops
 * it.
 */
export function keepShown(
  desk: Desk,
  storage: Pick<DraftStorage, "getItem" | "setItem" | "removeItem">,
): () => void {
  let before = storage.getItem(KEY);
  return effect(() => {
    const { shown } = desk.state.value;
    if (shown !== null) {
      before = null;
      const isOver = find(desk.state.value, shown)?.view.state === "ended";
      return isOver ? storage.removeItem(KEY) : write(storage, shown);
    }
    if (before === null) return storage.removeItem(KEY);
    const item = find(desk.state.value, before);
    if (item === undefined) return; // The service has not sent it yet.
    const contact = before;
    before = null;
    if (item.view.state === "ended") return storage.removeItem(KEY);
    desk.on({ type: "show", contact });
  });
}

function write(storage: Pick<DraftStorage, "setItem">, shown: string): void {
  try {
    storage.setItem(KEY, shown);
  } catch {
    // The browser's storage is full, so no conversation is chosen after a
    // reload.
  }
}
