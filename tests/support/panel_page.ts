import { SmallDialog, SmallPage, SmallPageElement } from "./small_page.ts";

const TRUSTED = { bubbles: true, cancelable: true, composed: true };

/** A page with an open panel that has a button and a field, and two dialogs of
 * the page with a button each. */
export function openPanel(page: SmallPage) {
  const dialogs = [0, 1].map(() =>
    page.append(new SmallDialog(page, "dialog"))
  );
  const buttons = dialogs.map((dialog) =>
    dialog.append(new SmallPageElement(page, "button"))
  );
  return { dialogs, buttons, ...panelOf(page) };
}

/** A panel that is shown, without the focus. */
export function panelOf(page: SmallPage) {
  const rectangle = { left: 100, right: 300, top: 200, bottom: 500 };
  const panel = page.shadow().append(
    new SmallDialog(page, "dialog", rectangle),
  );
  const buttonAt = { left: 110, right: 150, top: 210, bottom: 230 };
  const button = panel.append(new SmallPageElement(page, "button", buttonAt));
  const label = button.append(new SmallPageElement(page, "span", buttonAt));
  const fieldAt = { left: 110, right: 290, top: 400, bottom: 450 };
  const field = panel.append(new SmallPageElement(page, "textarea", fieldAt));
  panel.showPopover();
  page.focused = undefined;
  return { panel, button, label, field };
}

/** A place in the window, in px. */
export interface Point {
  x: number;
  y: number;
}

/** Inside of the panel, beside what it contains. */
export const IN_PANEL: Point = { x: 200, y: 300 };

/** Returns an event of the mouse at a place, dispatched at an element. */
export function mouse(
  name: string,
  at: Point,
  target: SmallPageElement,
): Event {
  const event = new MouseEvent(name, {
    ...TRUSTED,
    clientX: at.x,
    clientY: at.y,
  });
  target.dispatchEvent(event);
  return event;
}

/** The events of a press, in order. */
export const PRESS = ["pointerdown", "mousedown", "mouseup", "click"];

/** Presses; returns the names of the events that the page receives. */
export function pressAt(at: Point, target: SmallPageElement): string[] {
  const heard: string[] = [];
  const hear = (event: Event) => heard.push(event.type);
  for (const name of PRESS) {
    target.page.addEventListener(name, hear);
    mouse(name, at, target);
    target.page.removeEventListener(name, hear);
  }
  return heard;
}
