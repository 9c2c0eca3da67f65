import { deepEqual, ok } from "node:assert/strict";
import {
  IN_PANEL,
  openPanel,
  panelOf,
  pressAt,
} from "@/tests/support/panel_page.ts";
import {
  type SmallDialog,
  SmallPage,
  SmallPageElement,
} from "@/tests/support/small_page.ts";
import { follow } from "./above.ts";

function followWith(panel: SmallDialog): void {
  follow(panel as unknown as HTMLDialogElement);
}

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
