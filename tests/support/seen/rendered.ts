// Runs in the page. Each function here refers only to functions of this folder and
// to a browser's globals, so that they can be sent to any browser as text.

/** Returns the element that `element` is drawn in, through slots and shadow roots. */
export function drawnIn(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return "host" in root ? (root as ShadowRoot).host : null;
}

/** Returns the element and all that it is drawn in. */
export function lineOf(element: Element): Element[] {
  const next = drawnIn(element);
  return next === null ? [element] : [element, ...lineOf(next)];
}

/** Returns the tag, id and classes of an element, for messages. */
export function nameOf(element: Element): string {
  const classes = [...element.classList].slice(0, 2).map((name) => "." + name);
  const id = element.id ? "#" + element.id : "";
  return `<${element.localName}${id}${classes.join("")}>`;
}

/** Returns why the element has no box, if so. */
export function notRendered(element: Element): string | undefined {
  if (!element.isConnected) return "not in the page";
  for (const at of lineOf(element)) {
    const { display } = getComputedStyle(at);
    if (display === "none") return `not rendered: ${nameOf(at)} is hidden`;
    const host = at.parentElement;
    if (host?.shadowRoot && at.assignedSlot === null) {
      return `not rendered: ${nameOf(host)} has no slot for ${nameOf(at)}`;
    }
  }
  const { display, visibility } = getComputedStyle(element);
  if (visibility !== "visible") return "invisible";
  if (display === "contents") return "has no box: display: contents";
  // Safari before 17.4 has no such function.
  if (element.checkVisibility?.() === false) return "not rendered: skipped";
  const { width, height } = element.getBoundingClientRect();
  if (width >= 2 && height >= 2) return undefined;
  return `has no size: ${Math.round(width)} x ${Math.round(height)} px`;
}

/** Returns why the element is more transparent than `least`, if so. */
export function tooFaint(element: Element, least: number): string | undefined {
  let opacity = 1;
  for (const at of lineOf(element)) {
    const style = getComputedStyle(at);
    const filter = /opacity\(([\d.]+)/.exec(style.filter)?.[1] ?? "1";
    opacity *= Number(style.opacity) * Number(filter);
    if (opacity >= least) continue;
    return `transparent: opacity ${opacity.toFixed(2)} at ${nameOf(at)}`;
  }
  const { color, fontSize } = getComputedStyle(element);
  if (!hasText(element)) return undefined;
  if (isClear(color)) return `its text is transparent: ${color}`;
  return parseFloat(fontSize) < 2 ? `its text is ${fontSize} high` : undefined;
}

/** True if the element contains text directly. */
export function hasText(element: Element): boolean {
  return [...element.childNodes].some((node) =>
    node.nodeType === 3 && node.nodeValue?.trim() !== ""
  );
}

/** True if the computed color is fully transparent. */
export function isClear(color: string): boolean {
  return /^transparent$|^rgba\(.*, 0\)$|\/ 0\)$/.test(color);
}

export const RENDERED = [
  drawnIn,
  lineOf,
  nameOf,
  notRendered,
  tooFaint,
  hasText,
  isClear,
];
