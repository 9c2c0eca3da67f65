/** A press this soon after another one in about the same place is the second
 * half of a double press. */
const WITHIN_MS = 500;
const WITHIN_PX = 32;

/** A press: its control, place and time (monotonic). */
export interface Press {
  control: unknown;
  x: number;
  y: number;
  atMs: number;
  /** True for mouse and touch; a press by key has no place. */
  isPointer: boolean;
}

const guarded = new WeakSet<Node>();

/**
 * Ignores the second half of a double press if it would hit another control
 * than the first half: a button that has moved or appeared under the finger, or
 * that has received the focus. No user wants to press that one, which could end
 * a chat or decline a second visitor. A second call for the same root has no
 * effect.
 */
export function ignoreStrayPresses(root: Node): void {
  if (guarded.has(root)) return;
  guarded.add(root);
  let last: Press | undefined;
  let keys = 0;
  root.addEventListener("keydown", (event) => {
    const { key } = event as KeyboardEvent;
    const again = key === "Enter" || key === " ";
    if (!again || ++keys > 1) last = undefined; // Moved on purpose, or a third.
  }, { capture: true });
  root.addEventListener("click", (event) => {
    if (!event.isTrusted || !(event instanceof MouseEvent)) return;
    const press = pressOf(event);
    keys = 0;
    if (isStrayPress(last, press)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else last = press;
  }, { capture: true });
}

/** True if `press` hits another control than the one just before it. */
export function isStrayPress(before: Press | undefined, press: Press): boolean {
  if (before === undefined || press.control === before.control) return false;
  if (press.atMs - before.atMs >= WITHIN_MS) return false;
  if (press.isPointer !== before.isPointer) return false;
  return !press.isPointer ||
    Math.hypot(press.x - before.x, press.y - before.y) < WITHIN_PX;
}

function pressOf(event: MouseEvent): Press {
  const [target] = event.composedPath();
  return {
    control: target instanceof Element ? controlOf(target) : null,
    x: event.clientX,
    y: event.clientY,
    atMs: event.timeStamp,
    isPointer: event.detail > 0,
  };
}

/** A press of a label is followed by one of its control, so both count as
 * one. */
function controlOf(target: Element): Element | null {
  const found = target.closest("button, a, input, textarea, select, label");
  return found instanceof HTMLLabelElement ? found.control ?? found : found;
}
