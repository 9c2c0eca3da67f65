import { deepEqual, ok } from "node:assert/strict";
import {
  SmallDialog,
  SmallPage,
  SmallPageElement,
} from "@/tests/support/small_page.ts";
import { follow } from "./above.ts";

const TRUSTED = { bubbles: true, cancelable: true, composed: true };

/** A page with an open panel that has a button and a field, and two dialogs of
 * the page with a button each. */
function openPanel(page: SmallPage) {
  const dialogs = [0, 1].map(() =>
    page.append(new SmallDialog(page, "dialog"))
  );
  const buttons = dialogs.map((dialog) =>
    dialog.append(new SmallPageElement(page, "button"))
  );
  return { dialogs, buttons, ...panelOf(page) };
}

function panelOf(page: SmallPage) {
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

function followWith(panel: SmallDialog): void {
  follow(panel as unknown as HTMLDialogElement);
}

interface Point {
  x: number;
  y: number;
}

const IN_PANEL: Point = { x: 200, y: 300 };

/** Returns an event of the mouse at a place, dispatched at an element. */
function mouse(name: string, at: Point, target: SmallPageElement): Event {
  const event = new MouseEvent(name, {
    ...TRUSTED,
    clientX: at.x,
    clientY: at.y,
  });
  target.dispatchEvent(event);
  return event;
}

const PRESS = ["pointerdown", "mousedown", "mouseup", "click"];

/** Presses; returns the names of the events that the page receives. */
function pressAt(at: Point, target: SmallPageElement): string[] {
  const heard: string[] = [];
  const hear = (event: Event) => heard.push(event.type);
  for (const name of PRESS) {
    target.page.addEventListener(name, hear);
    mouse(name, at, target);
    target.page.removeEventListener(name, hear);
  }
  return heard;
}

Deno.test("a press on the panel above a dialog makes the panel modal and reaches what is there", () => {
  using page = new SmallPage();
  const { panel, button, dialogs: [dialog] } = openPanel(page);
  ok(dialog);
  dialog.showModal();
  followWith(panel);
  page.focused = undefined;
  const clicks: Event[] = [];
  button.addEventListener("click", (event) => clicks.push(event));

  // The dialog blocks the panel, so the browser sends the press there.
  const heard = pressAt({ x: 120, y: 220 }, dialog);
  const isOnTop = page.topLayer.at(-1) === panel;

  deepEqual([panel.open, isOnTop, clicks.length], [true, true, 1]);
  ok(page.focused === button);
  deepEqual(heard, ["click"]); // Only the one that the button got.
});

Deno.test("a press on a field of the panel above a dialog focuses the field", () => {
  using page = new SmallPage();
  const { panel, field, dialogs: [dialog] } = openPanel(page);
  ok(dialog);
  dialog.showModal();
  followWith(panel);

  pressAt({ x: 120, y: 420 }, dialog);

  ok(page.focused === field);
});

Deno.test("a modal dialog of the page doesn't cover the panel", () => {
  using page = new SmallPage();
  const { panel, dialogs: [dialog] } = openPanel(page);
  followWith(panel);

  dialog?.showModal();
  followWith(panel);

  deepEqual(page.topLayer.map((each) => each === panel), [false, true]);
});

Deno.test("the panel isn't raised above what the page has opened since", () => {
  using page = new SmallPage();
  const { panel, dialogs: [dialog, popover] } = openPanel(page);
  dialog?.showModal();
  followWith(panel);

  popover?.showPopover();
  followWith(panel);

  ok(page.topLayer.at(-1) === popover);
});

Deno.test("the panel keeps its focus while the page has no dialog", () => {
  using page = new SmallPage();
  const { panel, field } = openPanel(page);
  followWith(panel);
  field.focus();

  followWith(panel);

  ok(page.focused === field);
});

Deno.test("another panel of the page isn't covered by the dialog either", () => {
  using page = new SmallPage();
  const { panel, dialogs: [dialog] } = openPanel(page);
  dialog?.showModal();
  followWith(panel);
  const other = panelOf(page);
  other.panel.hidePopover();
  other.panel.showPopover();
  dialog?.close();
  dialog?.showModal();

  followWith(other.panel);

  ok(page.topLayer.at(-1) === other.panel);
});

Deno.test("the rest of that press does nothing to the page's dialog, and the next press is its own", () => {
  using page = new SmallPage();
  const { panel, dialogs: [dialog] } = openPanel(page);
  ok(dialog);
  dialog.showModal();
  followWith(panel);
  mouse("pointerdown", IN_PANEL, dialog);

  const rest = ["mousedown", "mouseup", "click"]
    .map((name) => mouse(name, IN_PANEL, dialog).defaultPrevented);
  const next = ["mousedown", "mouseup", "click"]
    .map((name) => mouse(name, { x: 0, y: 0 }, dialog).defaultPrevented);

  deepEqual([rest, next], [[true, true, true], [false, false, false]]);
});

Deno.test("the rest of that press stays with the panel if the browser sends it there", () => {
  using page = new SmallPage();
  const { panel, field, dialogs: [dialog] } = openPanel(page);
  ok(dialog);
  dialog.showModal();
  followWith(panel);
  const received: string[] = [];
  for (const name of PRESS) {
    field.addEventListener(name, () => received.push(name));
  }

  mouse("pointerdown", { x: 120, y: 420 }, dialog);
  const rest = ["mousedown", "mouseup", "click"]
    .map((name) => mouse(name, { x: 120, y: 420 }, field).defaultPrevented);

  deepEqual(rest, [false, false, false]);
  deepEqual(received, ["mousedown", "mouseup", "click"]);
});

Deno.test("a click that the page makes itself during that press is the page's", () => {
  using page = new SmallPage();
  const { panel, dialogs: [dialog] } = openPanel(page);
  ok(dialog);
  dialog.showModal();
  followWith(panel);
  mouse("pointerdown", IN_PANEL, dialog);

  const own = new Event("click", TRUSTED);
  dialog.dispatchEvent(own);

  ok(!own.defaultPrevented);
});

Deno.test("only a press within the panel's edges makes it modal", () => {
  const inside = [
    { x: 100, y: 300 },
    { x: 300, y: 300 },
    { x: 200, y: 200 },
    { x: 200, y: 500 },
  ];
  const outside = [
    { x: 99, y: 300 },
    { x: 301, y: 300 },
    { x: 200, y: 199 },
    { x: 200, y: 501 },
  ];
  const isModalAfter = (at: Point) => {
    using page = new SmallPage();
    const { panel, dialogs: [dialog] } = openPanel(page);
    ok(dialog);
    dialog.showModal();
    followWith(panel);
    const heard = pressAt(at, dialog);
    // The page receives the presses that aren't for the panel.
    deepEqual(heard, panel.open ? [] : PRESS);
    return panel.open;
  };

  deepEqual(inside.map(isModalAfter), [true, true, true, true]);
  deepEqual(outside.map(isModalAfter), [false, false, false, false]);
});

Deno.test("a press on the panel isn't touched without a dialog of the page, or once the panel is modal", () => {
  using page = new SmallPage();
  const { panel, field, dialogs: [dialog] } = openPanel(page);
  followWith(panel);

  const without = pressAt(IN_PANEL, field);
  const wasModal = panel.open;
  ok(dialog);
  dialog.showModal();
  followWith(panel);
  pressAt(IN_PANEL, dialog);
  const onceModal = pressAt(IN_PANEL, field);

  deepEqual([without, wasModal], [PRESS, false]);
  deepEqual([onceModal, panel.open], [PRESS, true]);
});

Deno.test("a panel that has left the page takes no press", () => {
  using page = new SmallPage();
  const { panel, dialogs: [dialog] } = openPanel(page);
  ok(dialog);
  dialog.showModal();
  followWith(panel);

  panel.isConnected = false;
  const heard = pressAt(IN_PANEL, dialog);

  deepEqual([heard, panel.open], [PRESS, false]);
});

Deno.test("a press beside the modal panel gives the page's dialog back", () => {
  using page = new SmallPage();
  const { panel, dialogs: [dialog], buttons: [button] } = openPanel(page);
  ok(dialog && button);
  dialog.showModal(); // Its button has the focus.
  followWith(panel);
  pressAt(IN_PANEL, dialog);

  mouse("pointerdown", { x: 50, y: 50 }, panel); // Its backdrop.

  deepEqual([panel.open, panel.inert, dialog.open], [false, false, true]);
  ok(page.topLayer.at(-1) === panel);
  ok(page.focused === button);
});

Deno.test("a press in the panel that isn't modal, beside what it shows, changes nothing", () => {
  using page = new SmallPage();
  const { panel, field } = openPanel(page);
  followWith(panel);
  field.focus();

  mouse("pointerdown", { x: 50, y: 50 }, panel);

  ok(page.focused === field);
});

Deno.test("the panel is no longer modal once the page's dialog is closed, and keeps its focus", () => {
  using page = new SmallPage();
  const { panel, field, dialogs: [dialog] } = openPanel(page);
  ok(dialog);
  dialog.showModal();
  followWith(panel);
  pressAt(IN_PANEL, dialog);
  field.focus();

  dialog.close();
  followWith(panel);

  deepEqual([panel.open, panel.inert], [false, false]);
  deepEqual(page.topLayer.map((each) => each === panel), [true]);
  ok(page.focused === field);
});

Deno.test("another dialog of the page doesn't cover the modal panel, and a press makes it modal again", () => {
  using page = new SmallPage();
  const { panel, dialogs: [first, second], buttons } = openPanel(page);
  ok(first && second);
  first.showModal();
  followWith(panel);
  pressAt(IN_PANEL, first);

  second.showModal();
  followWith(panel);
  const isModal = [panel.open];
  const isOnTop = page.topLayer.at(-1) === panel;
  const focused = page.focused;
  pressAt(IN_PANEL, second);
  isModal.push(panel.open);

  deepEqual([isModal, isOnTop], [[false, true], true]);
  ok(focused !== undefined && focused === buttons[1]);
});

Deno.test("a panel without the focus doesn't take it when the page's dialog is closed", () => {
  using page = new SmallPage();
  const { panel, dialogs: [dialog] } = openPanel(page);
  const own = page.append(new SmallPageElement(page, "input"));
  ok(dialog);
  dialog.showModal();
  followWith(panel);
  pressAt(IN_PANEL, dialog);

  page.focused = own;
  dialog.close();
  followWith(panel);

  ok(!panel.all.some((each) => each === page.focused));
});

Deno.test("the browser doesn't close the panel", () => {
  using page = new SmallPage();
  const { panel } = openPanel(page);
  followWith(panel);
  const cancel = new Event("cancel", { cancelable: true });

  panel.dispatchEvent(cancel);

  ok(cancel.defaultPrevented);
});
