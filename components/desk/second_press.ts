/** A second press of a hurried finger comes within this time and distance. */
const WITHIN_MS = 500;
const WITHIN_PX = 32;

/** One press of a button: which one, where, and when (a monotonic time). */
export interface Press {
  button: unknown;
  x: number;
  y: number;
  atMs: number;
}

/**
 * True if `press` hits another button than the press just before it at the same
 * place. Then the first press has moved the buttons, and nobody can have meant
 * the one that is there now: it could decline a second visitor, or end a chat.
 */
export function isSecondPress(
  before: Press | undefined,
  press: Press,
): boolean {
  return before !== undefined && before.button !== press.button &&
    press.atMs - before.atMs < WITHIN_MS &&
    Math.hypot(press.x - before.x, press.y - before.y) < WITHIN_PX;
}

/** Makes a listener, for clicks in the capture phase, that stops such presses. */
export function stopSecondPress(): (event: MouseEvent) => void {
  let before: Press | undefined;
  return (event) => {
    const { target, clientX: x, clientY: y, timeStamp: atMs } = event;
    const isKey = event.detail === 0; // Enter on a button has no place.
    if (isKey || !(target instanceof Element)) return;
    const press = { button: target.closest("button"), x, y, atMs };
    const isSecond = press.button !== null && isSecondPress(before, press);
    before = press;
    if (!isSecond) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
