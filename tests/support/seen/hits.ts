// Runs in the page. Each function here refers only to functions of this folder and
// to a browser's globals, so that they can be sent to any browser as text.

import type { Area } from "./cuts.ts";
import { hasText, isClear, lineOf, nameOf, tooFaint } from "./rendered.ts";

interface Point {
  x: number;
  y: number;
  /** All elements there, the topmost first. */
  stack: Element[];
  /** True for the point where a press would land. */
  isMiddle: boolean;
}

/** Returns points all over the boxes, with the elements at each. */
export function pointsOf(element: Element, boxes: Area[]): Point[] {
  const count = (length: number) =>
    Math.min(7, Math.max(3, 2 * Math.round(length / 160) + 1));
  const points: Point[] = [];
  for (const { left, top, right, bottom } of boxes.slice(0, 5)) {
    const [across, down] = [count(right - left), count(bottom - top)];
    for (let n = 0; n < across * down; n++) {
      const x = left + (right - left) * ((n % across) + 0.5) / across;
      const y = top + (bottom - top) * (Math.floor(n / across) + 0.5) / down;
      const isMiddle = points.length === Math.floor(across * down / 2);
      points.push({ x, y, stack: [], isMiddle });
    }
  }
  hitAll(element.ownerDocument, () => {
    for (const point of points) {
      point.stack = stackAt(element.ownerDocument, point.x, point.y);
    }
  });
  return points;
}

/** Lets elements with `pointer-events: none` be hit as well, for a moment. */
function hitAll(page: Document, look: () => void): void {
  const { CSSStyleSheet: Sheet } = page.defaultView as typeof globalThis;
  const sheet = new Sheet();
  sheet.replaceSync("*, :host { pointer-events: auto !important }");
  const roots = rootsIn(page);
  for (const root of roots) {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }
  try {
    look();
  } finally {
    for (const root of roots) {
      root.adoptedStyleSheets = root.adoptedStyleSheets
        .filter((other) => other !== sheet);
    }
  }
}

function rootsIn(root: Document | ShadowRoot): (Document | ShadowRoot)[] {
  const inner = [...root.querySelectorAll("*")]
    .flatMap(({ shadowRoot }) => shadowRoot ? rootsIn(shadowRoot) : []);
  return [root, ...inner];
}

function stackAt(root: Document | ShadowRoot, x: number, y: number): Element[] {
  return root.elementsFromPoint(x, y)
    .filter((element) => element.getRootNode() === root)
    .flatMap((element) =>
      element.shadowRoot
        ? [...stackAt(element.shadowRoot, x, y), element]
        : [element]
    );
}

/**
 * Returns what covers the element, if something does. A few points may miss, as
 * under a badge at a corner; the middle may not.
 */
export function covered(element: Element, points: Point[]): string | undefined {
  const misses = points.flatMap(({ stack, isMiddle }) => {
    const isHit = stack.some((at) => isPartOf(at, element));
    const top = stack.find((at) =>
      isPartOf(at, element) ||
      (isInWay(at) && !(isHit && isClearAround(at, element)))
    );
    if (top !== undefined && isPartOf(top, element)) return [];
    const reason = top ? missOf(element, top) : "hit by nothing";
    return [{ reason, isMiddle }];
  });
  const hasMiddle = misses.some(({ isMiddle }) => isMiddle);
  if (!hasMiddle && misses.length <= points.length * 0.2) return undefined;
  const count = (reason: string) =>
    misses.filter((other) => other.reason === reason).length;
  const reasons = misses.map(({ reason }) => reason);
  return reasons.sort((a, b) => count(b) - count(a))[0];
}

/** Returns why a point of the element hits another one. */
function missOf(element: Element, top: Element): string {
  const line = lineOf(element);
  const clip = line.find((at) => {
    const { clipPath, clip } = getComputedStyle(at);
    return clipPath !== "none" || (clip !== "auto" && clip !== "");
  });
  if (clip !== undefined) return `clipped by ${nameOf(clip)}: clip-path`;
  return line.includes(top)
    ? `behind ${nameOf(top)}`
    : `covered by ${nameOf(top)}`;
}

function isPartOf(at: Element, element: Element): boolean {
  return lineOf(at).includes(element);
}

/** True unless the element lets presses through and draws nothing. */
function isInWay(at: Element): boolean {
  const style = getComputedStyle(at);
  if (style.pointerEvents !== "none") return true;
  if (style.visibility !== "visible" || tooFaint(at, 0.05)) return false;
  const isPicture = /^(img|video|canvas|iframe|svg|object)$/.test(at.localName);
  return isPicture || hasText(at) || !isClear(style.backgroundColor) ||
    style.backgroundImage !== "none";
}

/** True for an element around this one that is hit by its clear `::before` or `::after`. */
function isClearAround(at: Element, element: Element): boolean {
  if (at === element || !at.contains(element)) return false;
  const drawn = ["::before", "::after"]
    .map((pseudo) => getComputedStyle(at, pseudo))
    .filter(({ content }) => content !== "none");
  return drawn.length > 0 &&
    drawn.every(({ backgroundColor, backgroundImage }) =>
      isClear(backgroundColor) && backgroundImage === "none"
    );
}

/** Returns why a press on the middle does not reach the element, if so. */
export function unpressable(
  element: Element,
  points: Point[],
): string | undefined {
  if (getComputedStyle(element).pointerEvents === "none") {
    return "lets presses through: pointer-events: none";
  }
  const { x, y } = points.find(({ isMiddle }) => isMiddle)!;
  const hit = hitAt(element.ownerDocument, x, y);
  if (hit !== undefined && isPartOf(hit, element)) return undefined;
  return hit ? `a press hits ${nameOf(hit)}` : "a press hits nothing";
}

function hitAt(
  root: Document | ShadowRoot,
  x: number,
  y: number,
): Element | undefined {
  const hit = root.elementFromPoint(x, y);
  if (hit === null || hit.getRootNode() !== root) return undefined;
  const inner = hit.shadowRoot && hitAt(hit.shadowRoot, x, y);
  return inner ?? hit;
}

export const HITS = [
  pointsOf,
  hitAll,
  rootsIn,
  stackAt,
  covered,
  missOf,
  isPartOf,
  isInWay,
  isClearAround,
  unpressable,
  hitAt,
];
