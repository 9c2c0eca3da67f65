import type { AccountView } from "@/lib/protocol/admin/messages.ts";

// The islands of a page are programs of their own: what one has saved, the others
// learn by an event of the window.

const EVENT = "own-account-saved";

/** Tells the page's other islands what the own account is now. */
export function tellOwnAccount(detail: AccountView): void {
  dispatchEvent(new CustomEvent(EVENT, { detail }));
}

/** Calls `listen` after each change, until the returned function is called. */
export function onOwnAccount(
  listen: (account: AccountView) => void,
): () => void {
  const onEvent = (event: Event) => {
    if (event instanceof CustomEvent) listen(event.detail);
  };
  addEventListener(EVENT, onEvent);
  return () => removeEventListener(EVENT, onEvent);
}
