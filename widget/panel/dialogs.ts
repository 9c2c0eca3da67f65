let panel: HTMLDialogElement | undefined;
let isWatching = false;

/** Detects modal dialogs that the page opens while this panel is open.
 * above.ts, which loads with the first of them, keeps the panel usable. */
export function watchDialogs(element: HTMLElement | null): void {
  const hasTopLayer = element instanceof HTMLDialogElement &&
    "showPopover" in element;
  if (!hasTopLayer) return;
  panel = element;
  look();
  if (isWatching) return;
  isWatching = true;
  new MutationObserver(look).observe(document, {
    subtree: true,
    attributeFilter: ["open"],
  });
}

async function look(): Promise<void> {
  if (!panel?.open && !document.querySelector("dialog:modal")) return;
  // Without a network, the panel waits until the dialog is closed.
  const above = await import("./above.ts").catch(() => undefined);
  if (panel?.isConnected) above?.follow(panel);
}
