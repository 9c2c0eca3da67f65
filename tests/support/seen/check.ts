// Runs in the page. Each function here refers only to functions of this folder and
// to a browser's globals, so that they can be sent to any browser as text.

import { type Area, CUTS, cutsOf, isArea, outside, overlap } from "./cuts.ts";
import { covered, HITS, pointsOf, unpressable } from "./hits.ts";
import { notRendered, RENDERED, tooFaint } from "./rendered.ts";

/** Conditions under which an element counts as seen. */
export interface Look {
  /**
   * Share of the element, in each direction, that must be in view: 1 unless
   * given. An element larger than what it scrolls in must fill that.
   */
  part?: number;
  /** Smallest opacity, of the element and its ancestors together: 0.5 unless given. */
  opacity?: number;
  /** True if a press at the middle of the element must reach it. */
  press?: boolean;
}

/** Returns the reason why a person cannot see the element now, if there is one. */
function findUnseen(control: Element, look: Look): string | undefined {
  const element = shownFor(control);
  const boxes = [...element.getClientRects()];
  return notRendered(element) ?? tooFaint(element, look.opacity ?? 0.5) ??
    notInView(element, boxes, look);
}

/** Returns the label of a control that is drawn by its label alone. */
function shownFor(control: Element): Element {
  const { labels, type } = control as HTMLInputElement;
  const label = labels?.[0];
  if (!label || !/^(radio|checkbox|file)$/.test(type)) return control;
  const { width } = control.getBoundingClientRect();
  const isHidden = getComputedStyle(control).opacity === "0" || width < 2;
  return isHidden ? label : control;
}

/** The same for boxes of an element, or of a frame around it. */
function notInView(
  element: Element,
  boxes: Area[],
  look: Look,
): string | undefined {
  const cuts = cutsOf(element);
  const reason = outside(boxes, cuts, look.part ?? 1);
  if (reason !== undefined) return reason;
  const view = cuts.map(({ area }) => area).reduce(overlap);
  const seen = boxes.map((box) => overlap(box, view)).filter(isArea);
  const points = pointsOf(element, seen);
  return covered(element, points) ??
    (look.press ? unpressable(element, points) : undefined) ??
    frameUnseen(element, seen);
}

/** Continues with the frame that the page is in, if it can be read. */
function frameUnseen(element: Element, boxes: Area[]): string | undefined {
  const frame = element.ownerDocument.defaultView?.frameElement as
    | HTMLElement
    | null
    | undefined;
  if (!frame) return undefined;
  const outer = frame.getBoundingClientRect();
  const zoom = outer.width / frame.offsetWidth || 1;
  const x = (at: number) => outer.left + (frame.clientLeft + at) * zoom;
  const y = (at: number) => outer.top + (frame.clientTop + at) * zoom;
  const shifted = boxes.map(({ left, top, right, bottom }) => ({
    left: x(left),
    top: y(top),
    right: x(right),
    bottom: y(bottom),
  }));
  const reason = notRendered(frame) ?? tooFaint(frame, 0.5) ??
    notInView(frame, shifted, { part: 0.95 });
  return reason === undefined ? undefined : `its frame is ${reason}`;
}

/** Scrolls the element to the middle of all that a person can scroll. */
function scrollTo(element: Element): void {
  for (const { by, area, scrolls } of cutsOf(element)) {
    if (!scrolls) continue;
    const style = by && getComputedStyle(by);
    const can = (overflow = "auto") => /auto|scroll/.test(overflow);
    const box = element.getBoundingClientRect();
    const off = (from: number, to: number, start: number, end: number) =>
      to - from > end - start ? from - start : (from + to - start - end) / 2;
    (by ?? element.ownerDocument.defaultView)?.scrollBy({
      left: can(style?.overflowX)
        ? off(box.left, box.right, area.left, area.right)
        : 0,
      top: can(style?.overflowY)
        ? off(box.top, box.bottom, area.top, area.bottom)
        : 0,
      behavior: "instant",
    });
  }
}

/** True if scrolling can help: not for what only fades in. */
function isElsewhere(reason = ""): boolean {
  return /^(above|below|left|right|clipped|covered|its frame)\b/.test(reason);
}

/**
 * Resolves without a reason as soon as the element is seen, or with the reason
 * after `ms`, or when the element has left the page.
 */
async function watch(
  element: Element,
  { look, ms, scrolls }: { look: Look; ms: number; scrolls: boolean },
): Promise<string | undefined> {
  const end = performance.now() + ms;
  for (let round = 0;; round++) {
    let reason = findUnseen(element, look);
    if (scrolls && isElsewhere(reason)) {
      scrollTo(element);
      reason = findUnseen(element, look);
    }
    const isOver = performance.now() > end || !element.isConnected;
    if (reason === undefined || isOver) return reason;
    await new Promise<void>((resolve) => {
      // A hidden tab draws no frames.
      const timer = setTimeout(resolve, 100);
      const draw = () => {
        clearTimeout(timer);
        resolve();
      };
      if (round < 10) requestAnimationFrame(draw);
    });
  }
}

const PARTS = [
  ...RENDERED,
  ...CUTS,
  ...HITS,
  findUnseen,
  shownFor,
  notInView,
  frameUnseen,
  scrollTo,
  isElsewhere,
  watch,
].map(String).join("\n");

/** Returns the source of a function that needs nothing but its arguments. */
function selfContained(call: string): string {
  return `function (...args) {\n${PARTS}\nreturn ${call}(...args);\n}`;
}

/** Source of a function `(element, look) => reason | undefined`, for any driver. */
export const UNSEEN_SOURCE = selfContained("findUnseen");

type Watch = typeof watch;

/** {@linkcode watch} as one function, for the `evaluate` of a driver. */
export const watchInPage: Watch = new Function(
  `return ${selfContained("watch")}`,
)();
