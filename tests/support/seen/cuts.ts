// Runs in the page. Each function here refers only to functions of this folder and
// to a browser's globals, so that they can be sent to any browser as text.

import { lineOf, nameOf } from "./rendered.ts";

/** A rectangle in px of the viewport. */
export interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** An ancestor, or the viewport, that cuts off what is outside of its area. */
export interface Cut {
  /** Absent for the viewport. */
  by?: Element;
  area: Area;
  /** True if a person can scroll it. */
  scrolls: boolean;
}

/** Returns all that cuts the element off, the innermost first, the viewport last. */
export function cutsOf(element: Element): Cut[] {
  const cuts: Cut[] = [];
  // Boxes up to the next containing block do not cut a box that is placed.
  let placed = getComputedStyle(element).position;
  let inTop = isInTopLayer(element);
  for (const at of lineOf(element).slice(1)) {
    if (inTop) break;
    if (holds(at, placed)) {
      const cut = cutBy(at);
      if (cut !== undefined) cuts.push(cut);
      placed = getComputedStyle(at).position;
    }
    inTop = isInTopLayer(at);
  }
  const scrolls = placed !== "fixed" && !inTop;
  return [...cuts, viewportOf(element.ownerDocument, scrolls)];
}

function viewportOf(page: Document, isScrolledWith: boolean): Cut {
  const { innerWidth = 0, innerHeight = 0 } = page.defaultView ?? {};
  const { clientWidth, clientHeight } = page.documentElement;
  const right = Math.min(innerWidth, clientWidth || innerWidth);
  const isQuirky = page.compatMode !== "CSS1Compat";
  const bottom = isQuirky ? innerHeight : Math.min(innerHeight, clientHeight);
  const isLocked = [page.documentElement, page.body]
    .some((at) => /hidden|clip/.test(getComputedStyle(at).overflowY));
  const area = { left: 0, top: 0, right, bottom };
  return { area, scrolls: isScrolledWith && !isLocked };
}

function isInTopLayer(element: Element): boolean {
  return [":popover-open", ":modal", ":fullscreen"].some((selector) => {
    try {
      return element.matches(selector);
    } catch {
      return false; // This browser has none of that.
    }
  });
}

/** True if a box of this position is laid out within `at`. */
function holds(at: Element, position: string): boolean {
  if (position !== "absolute" && position !== "fixed") return true;
  const style = getComputedStyle(at);
  const moved = [style.transform, style.perspective, style.filter]
    .some((value) => value !== "none" && value !== undefined);
  const kept = /paint|layout|strict|content/.test(style.contain) ||
    /transform|perspective|filter/.test(style.willChange);
  return moved || kept ||
    (position === "absolute" && style.position !== "static");
}

function cutBy(at: Element): Cut | undefined {
  const root = at.ownerDocument.documentElement;
  const isPage = at === root || (at === at.ownerDocument.body &&
    getComputedStyle(root).overflowX === "visible");
  if (isPage) return undefined;
  const style = getComputedStyle(at);
  const contained = /paint|strict|content/.test(style.contain);
  const isOpen = (overflow: string) => overflow === "visible" && !contained;
  if (style.display === "inline" || style.display === "contents") return;
  if (isOpen(style.overflowX) && isOpen(style.overflowY)) return undefined;
  const box = at.getBoundingClientRect();
  const zoom = box.width / ((at as HTMLElement).offsetWidth || box.width) || 1;
  const left = box.left + at.clientLeft * zoom;
  const top = box.top + at.clientTop * zoom;
  const area = {
    left: isOpen(style.overflowX) ? -Infinity : left,
    top: isOpen(style.overflowY) ? -Infinity : top,
    right: isOpen(style.overflowX) ? Infinity : left + at.clientWidth * zoom,
    bottom: isOpen(style.overflowY) ? Infinity : top + at.clientHeight * zoom,
  };
  const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY);
  return { by: at, area, scrolls };
}

/** Returns which cut hides more of the boxes than it may, if one does. */
export function outside(
  boxes: Area[],
  cuts: Cut[],
  part: number,
): string | undefined {
  const box = boxes.reduce((one, other) => ({
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  }));
  let wide = box.right - box.left;
  let high = box.bottom - box.top;
  let view = box;
  for (const { by, area, scrolls } of cuts) {
    if (scrolls) {
      wide = Math.min(wide, area.right - area.left);
      high = Math.min(high, area.bottom - area.top);
    }
    view = overlap(view, area);
    const cut = view.right - view.left < part * wide - 1 ||
      view.bottom - view.top < part * high - 1;
    if (!cut) continue;
    const sides: [string, number][] = [
      ["above", area.top - box.top],
      ["below", box.bottom - area.bottom],
      ["left of", area.left - box.left],
      ["right of", box.right - area.right],
    ];
    const [side, far] = sides.sort((a, b) => b[1] - a[1])[0]!;
    const distance = `by ${Math.round(far)} px`;
    return by === undefined
      ? `${side} the viewport ${distance}`
      : `clipped by ${nameOf(by)}: ${side} it ${distance}`;
  }
  return undefined;
}

/** Returns what two areas share. */
export function overlap(one: Area, other: Area): Area {
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
}

/** True if the area is not empty. */
export function isArea({ left, top, right, bottom }: Area): boolean {
  return right - left >= 1 && bottom - top >= 1;
}

export const CUTS = [
  cutsOf,
  viewportOf,
  isInTopLayer,
  holds,
  cutBy,
  outside,
  overlap,
  isArea,
];
