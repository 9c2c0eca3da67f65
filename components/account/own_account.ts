import type { AccountView } from "@/lib/protocol/admin/messages.ts";

// The islands of a page are separate programs. When one of them saves the
// account, the others receive an event of the window.

const EVENT = "own-account-saved";

/** Notifies the page's other islands of the changed account. */
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
