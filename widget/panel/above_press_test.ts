import { deepEqual, ok } from "node:assert/strict";
import {
  IN_PANEL,
  mouse,
  openPanel,
  type Point,
  PRESS,
  pressAt,
} from "@/tests/support/panel_page.ts";
import { type SmallDialog, SmallPage } from "@/tests/support/small_page.ts";
import { follow } from "./above.ts";

function followWith(panel: SmallDialog): void {
  follow(panel as unknown as HTMLDialogElement);
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

  const own = new Event("click", { cancelable: true, bubbles: true });
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
