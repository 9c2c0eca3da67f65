// While a dialog of the page is modal, the browser blocks everything outside of
// it, whatever is on top. Only another modal dialog can be used then. So the
// panel is a dialog: pressing it makes it modal too, above the page's dialog,
// and pressing elsewhere gives the page's dialog back.

let current: HTMLDialogElement | undefined;
/** The page's dialog that the panel was last placed above. */
let below: Element | undefined;
let isPressing = false;

/** Moves the panel after the page has opened or closed a modal dialog: on top
 * while there is one. It is no longer modal until the visitor presses it. */
export function follow(panel: HTMLDialogElement): void {
  if (panel !== current) adopt(panel);
  const other = pageModal();
  if (other === below) return;
  if (panel.open) stepBack(panel);
  else if (other) {
    panel.hidePopover();
    panel.showPopover();
  }
  below = other;
}

function adopt(panel: HTMLDialogElement): void {
  if (current === undefined) {
    addEventListener("pointerdown", press, true);
    for (const name of ["mousedown", "mouseup", "click"]) {
      addEventListener(name, finishPress, true);
    }
  }
  current = panel;
  below = undefined;
  // The panel handles Escape; the browser never closes it.
  panel.addEventListener("cancel", (event) => event.preventDefault());
  // The area outside of a modal dialog is its backdrop, which belongs to it.
  panel.addEventListener("pointerdown", (event) => {
    if (panel.open && !isInside(panel, event)) stepBack(panel);
  });
}

function pageModal(): Element | undefined {
  return [...document.querySelectorAll("dialog:modal")].at(-1);
}

function isInside(
  panel: Element,
  { clientX: x, clientY: y }: MouseEvent,
): boolean {
  const { left, right, top, bottom } = panel.getBoundingClientRect();
  return x >= left && x <= right && y >= top && y <= bottom;
}

function press(event: PointerEvent): void {
  isPressing = !!current?.isConnected && !current.open &&
    isInside(current, event) && pageModal() !== undefined;
  if (!isPressing) return;
  event.stopImmediatePropagation();
  current?.hidePopover();
  current?.showModal();
}

/** Sends the rest of the press that made the panel modal to the panel, wherever
 * the browser sends it. */
function finishPress(event: MouseEvent | Event): void {
  if (!isPressing || !current || !(event instanceof MouseEvent)) return;
  if (event.type === "click") isPressing = false;
  if (event.composedPath().includes(current)) return;
  event.stopImmediatePropagation();
  event.preventDefault();
  const root = current.getRootNode();
  if (event.type !== "click" || !(root instanceof ShadowRoot)) return;
  const target = root.elementFromPoint(event.clientX, event.clientY)
    ?.closest<HTMLElement>("button,a,input,textarea,select");
  target?.focus();
  target?.click();
}

function stepBack(panel: HTMLDialogElement): void {
  const root = panel.getRootNode();
  const active = root instanceof ShadowRoot ? root.activeElement : null;
  panel.close();
  panel.inert = true; // Otherwise its first button gets the focus.
  panel.showPopover();
  panel.inert = false;
  if (active instanceof HTMLElement && !pageModal()) active.focus();
}
