import { effect } from "@preact/signals";
import type { Desk } from "./desk.ts";
import { find } from "./desk_state.ts";

/**
 * Shows the conversation that the address names, once the desk has it: a pressed
 * notification has opened this page. Returns a function that ends it.
 */
export function showLinked(desk: Desk, signal: AbortSignal): () => void {
  let contact: string | null = null;
  const read = () => {
    const { hash, pathname, search } = location;
    if (hash.length < 2) return;
    contact = hash.slice(1);
    // A reload must not open it again.
    history.replaceState(history.state, "", pathname + search);
    show();
  };
  const show = () => {
    if (find(desk.state.peek(), contact) === undefined) return;
    desk.dispatch({ type: "show", contact });
    contact = null;
  };
  read();
  addEventListener("hashchange", read, { signal });
  return effect(() => {
    if (desk.state.value && contact !== null) queueMicrotask(show);
  });
}
