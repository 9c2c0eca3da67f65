import { effect } from "@preact/signals";
import type { Desk } from "./desk.ts";
import { find } from "./desk_state.ts";
import { store, stored, type TabStorage } from "./tab_storage.ts";

const KEY = "shown";

/**
 * Stores which conversation is visible, and shows it again after a reload or a
 * visit to another page if it is still running. Deletes it when the agent is
 * signed out. Returns a function that stops it.
 */
export function keepShown(desk: Desk, storage: TabStorage): () => void {
  let before = stored(storage, KEY);
  return effect(() => {
    const state = desk.state.value;
    if (desk.isSignedOut.value) return store(storage, KEY, undefined);
    const contact = state.shown ?? before;
    const item = find(state, contact);
    const isMissing = contact !== null && item === undefined;
    if (state.shown === null && isMissing) return; // Not sent yet.
    before = null;
    const isOver = item?.view.state === "ended";
    store(storage, KEY, isOver ? undefined : contact ?? undefined);
    if (state.shown === null && !isOver && item !== undefined) {
      desk.dispatch({ type: "show", contact });
    }
  });
}
