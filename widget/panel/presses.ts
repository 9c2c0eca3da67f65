/** A press this soon after another one, at about its place, is its second half. */
const DOUBLE_MS = 500;
const NEAR_PX = 24;

interface Press {
  control: Element | null;
  time: number;
  x: number;
  y: number;
  isPointer: boolean;
}

const guarded = new WeakSet<Node>();

/**
 * Ignores the second half of a double press if it would hit another control than
 * the first half: a button that has moved or appeared under the finger, or that
 * has got the focus. Nobody means to press that one. Again for the same root:
 * nothing.
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
    if (last && isStray(press, last)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else last = press;
  }, { capture: true });
}

function pressOf(event: MouseEvent): Press {
  const [target] = event.composedPath();
  return {
    control: target instanceof Element
      ? target.closest("button, a, input, textarea, select")
      : null,
    time: event.timeStamp,
    x: event.clientX,
    y: event.clientY,
    isPointer: event.detail > 0,
  };
}

function isStray(press: Press, last: Press): boolean {
  if (press.control === last.control) return false;
  if (press.time - last.time >= DOUBLE_MS) return false;
  if (press.isPointer !== last.isPointer) return false;
  return !press.isPointer ||
    Math.hypot(press.x - last.x, press.y - last.y) <= NEAR_PX;
}
