const CONTROLS = "a[href], button, input, select, textarea, summary";
/** Their first control takes over from one that was removed. */
const PARTS = "section, form, fieldset, dialog";
const LISTS = "ol, ul, tbody";
/** A removed element with a name takes its controls with it: the same words on
 * another one would mean another thing. */
const NAMED = "[aria-label], [aria-labelledby]";

/** A focused element, and the ancestors that it had, nearest first. */
interface Place {
  element: Element;
  name: string;
  dialog: Element | null;
  around: { element: Element; next: Element | null }[];
}

const kept = new WeakSet<Document>();

/**
 * Keeps the focus near its place when the focused element is removed or
 * disabled. Otherwise the browser gives the focus to the page, and users of a
 * keyboard or a screen reader have to start again at its top.
 *
 * The focus moves to the same control if it was drawn again, and otherwise to
 * the next item of the list, to the nearest ancestor with a `tabindex`, or into
 * the part of the page around it. A second call for the same document has no
 * effect.
 */
export function keepFocus(page: Document): void {
  if (kept.has(page)) return;
  kept.add(page);
  /** The last places in the page and in each open dialog; the newest is last. */
  let places: Place[] = [];
  function note(element: Element): void {
    const place = placeOf(element);
    places = places.filter(({ dialog }) =>
      dialog !== place.dialog && dialog?.isConnected !== false
    );
    places.push(place);
  }
  function restore(): void {
    if (page.activeElement !== page.body) return;
    places = places.filter(({ dialog }) => dialog?.isConnected !== false);
    const place = places.at(-1);
    if (place) returnTo(place);
  }
  page.addEventListener("focusin", ({ target }) => {
    if (target instanceof Element) note(target);
  });
  page.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (relatedTarget !== null || !(target instanceof Element)) return;
    queueMicrotask(() => {
      const isLeft = canHaveFocus(target) && page.activeElement === page.body &&
        page.hasFocus();
      if (isLeft) places = places.filter(({ element }) => element !== target);
    });
  });
  new MutationObserver(restore).observe(page.body, {
    childList: true,
    subtree: true,
    attributeFilter: ["disabled"],
  });
  if (page.activeElement) note(page.activeElement);
}

function placeOf(element: Element): Place {
  const around: Place["around"] = [];
  let one: Element | null = element;
  while (one !== null) {
    around.push({ element: one, next: one.nextElementSibling });
    one = one.parentElement;
  }
  const dialog = element.closest("dialog");
  return { element, name: nameOf(element), dialog, around };
}

function returnTo({ element, name, around }: Place): void {
  if (element.isConnected) return focus(element);
  const at = around.findIndex(({ element: one }) => one.isConnected);
  const removed = around.slice(0, at);
  const isNamed = removed.some(({ element: one }, place) =>
    place > 0 && one.matches(NAMED)
  );
  const next = removed.at(-1)?.next ?? null;
  for (const { element: one } of around.slice(Math.max(0, at))) {
    const target = (isNamed ? undefined : sameControl(one, name)) ??
      nextItem(one, next) ?? ownFocus(one);
    if (target) return focus(target);
  }
}

/** Returns the only control with this name. */
function sameControl(around: Element, name: string): Element | undefined {
  const same = controlsIn(around).filter((one) => nameOf(one) === name);
  return name !== "" && same.length === 1 ? same[0] : undefined;
}

function nextItem(list: Element, next: Element | null): Element | undefined {
  if (!list.matches(LISTS)) return undefined;
  const item = next?.parentElement === list ? next : list.lastElementChild;
  return item === null ? undefined : controlsIn(item)[0];
}

function ownFocus(around: Element): Element | undefined {
  if (around.hasAttribute("tabindex")) {
    return canHaveFocus(around) ? around : undefined;
  }
  return around.matches(PARTS) ? controlsIn(around)[0] : undefined;
}

function controlsIn(around: Element): Element[] {
  return [...around.querySelectorAll(CONTROLS)].filter(canHaveFocus);
}

function canHaveFocus(element: Element): boolean {
  return element.isConnected && !element.matches(":disabled") &&
    element.getClientRects().length > 0;
}

function nameOf(element: Element): string {
  return (element.getAttribute("aria-label") ?? element.textContent).trim();
}

function focus(element: Element): void {
  if (!(element instanceof HTMLElement) || !canHaveFocus(element)) return;
  element.focus({ preventScroll: !element.matches(CONTROLS) });
}
