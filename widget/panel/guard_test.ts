import { deepEqual, equal, ok } from "node:assert/strict";
import { SmallPage, SmallPageElement } from "@/tests/support/small_page.ts";
import { replaceGlobals } from "@/tests/support/replace_globals.ts";
import { guard } from "./guard.ts";

const TRUSTED = { bubbles: true, cancelable: true, composed: true };

/** Puts a guarded panel with one element onto the page. */
function panelWith(page: SmallPage, name: string) {
  const root = page.shadow();
  const panel = root.append(new SmallPageElement(page, "dialog"));
  const element = panel.append(new SmallPageElement(page, name));
  guardOf(panel);
  return { root, panel, element };
}

function guardOf(panel: SmallPageElement): void {
  guard(panel as unknown as Element);
}

/** Returns the events that the page receives, in either phase. */
function heardBy(page: SmallPage, ...names: string[]): string[] {
  const heard: string[] = [];
  for (const name of names) {
    page.addEventListener(name, () => heard.push(`${name} first`), true);
    page.addEventListener(name, () => heard.push(name));
  }
  return heard;
}

/** Counts the events of an element. */
function received(element: EventTarget, name: string): Event[] {
  const events: Event[] = [];
  element.addEventListener(name, (event) => events.push(event));
  return events;
}

Deno.test("the page doesn't receive keys, presses and focus changes in the panel, but the panel does", () => {
  using page = new SmallPage();
  const { element } = panelWith(page, "textarea");
  const names = [
    "keydown",
    "keypress",
    "keyup",
    "focusin",
    "focusout",
    "pointerdown",
    "pointerup",
    "mousedown",
    "mouseup",
    "touchstart",
    "touchend",
  ];
  const heard = heardBy(page, ...names);
  const inside = names.map((name) => received(element, name));

  for (const name of names) element.dispatchEvent(new Event(name, TRUSTED));

  deepEqual(heard, []);
  deepEqual(inside.map(({ length }) => length), names.map(() => 1));
});

Deno.test("the page receives its own keys, and those of other shadow trees", () => {
  using page = new SmallPage();
  panelWith(page, "textarea");
  const own = page.append(new SmallPageElement(page, "input"));
  const other = page.shadow().append(new SmallPageElement(page, "input"));
  const heard = heardBy(page, "keydown");
  const inside = [own, other].map((each) => received(each, "keydown"));

  own.dispatchEvent(new Event("keydown", TRUSTED));
  other.dispatchEvent(new Event("keydown", TRUSTED));
  page.dispatchEvent(new Event("keydown", TRUSTED));

  deepEqual(heard, Array(3).fill(["keydown first", "keydown"]).flat());
  deepEqual(inside.map(({ length }) => length), [1, 1]);
});

Deno.test("a second panel of the page is guarded too, and each receives an event once", () => {
  using page = new SmallPage();
  const panels = [panelWith(page, "input"), panelWith(page, "input")];
  panels.forEach(({ panel }) => guardOf(panel)); // It is rendered again.
  const heard = heardBy(page, "keydown");
  const inside = panels.map(({ element }) => received(element, "keydown"));

  for (const { element } of panels) {
    element.dispatchEvent(new Event("keydown", TRUSTED));
  }

  deepEqual(heard, []);
  deepEqual(inside.map(({ length }) => length), [1, 1]);
});

Deno.test("a key that the panel handles has no default action, any other has", () => {
  using page = new SmallPage();
  const { element } = panelWith(page, "textarea");
  element.addEventListener("keydown", (event) => {
    if ("key" in event && event.key === "Enter") event.preventDefault();
  });
  const press = (key: string) =>
    element.dispatchEvent(new KeyboardEvent("keydown", { ...TRUSTED, key }));

  deepEqual([press("Enter"), press("a")], [false, true]);
});

Deno.test("the panel receives an event of the same kind, with its place", () => {
  using page = new SmallPage();
  const { element } = panelWith(page, "div");
  const inside = received(element, "mousedown");
  const at = { clientX: 3, clientY: 5 };

  element.dispatchEvent(new MouseEvent("mousedown", { ...TRUSTED, ...at }));

  deepEqual(
    inside.map((each) =>
      each instanceof MouseEvent && [each.clientX, each.clientY]
    ),
    [[3, 5]],
  );
});

Deno.test("the panel receives the key of an event in a browser that composes every KeyboardEvent", () => {
  using page = new SmallPage();
  class Composed extends KeyboardEvent {
    override get composed(): boolean {
      return true;
    }
  }
  using _globals = replaceGlobals({ KeyboardEvent: Composed });
  const { element } = panelWith(page, "textarea");
  const heard = heardBy(page, "keydown");
  const inside = received(element, "keydown");

  const event = new KeyboardEvent("keydown", { ...TRUSTED, key: "Escape" });
  element.dispatchEvent(event);

  deepEqual(heard, []);
  deepEqual(inside.map((each) => "key" in each && each.key), ["Escape"]);
});

Deno.test("a page's dialog can't hide the panel from screen readers", () => {
  using page = new SmallPage();
  const root = page.shadow();
  const { host } = root;
  const panel = root.append(new SmallPageElement(page, "dialog"));
  const names = () => [...host.attributes.keys()];
  host.setAttribute("aria-hidden", "true");
  host.setAttribute("lang", "de");

  guardOf(panel);
  const first = names();
  host.setAttribute("inert", "");
  const later = names();
  host.setAttribute("aria-hidden", "true");

  deepEqual([first, later, names()], [["lang"], ["lang"], ["lang"]]);
});

/** Makes the page swallow clicks, as a dialog that is not modal may do. */
function swallowClicks(page: SmallPage): void {
  page.addEventListener("click", (event) => event.stopPropagation(), true);
}

function click(element: SmallPageElement): void {
  element.dispatchEvent(new MouseEvent("click", TRUSTED));
}

Deno.test("a click that the page swallows reaches its target once, with several panels too", () => {
  using page = new SmallPage();
  swallowClicks(page);
  const { element } = panelWith(page, "button");
  panelWith(page, "button");
  const clicks = received(element, "click");

  click(element);
  const before = clicks.length;
  page.nextTask();
  page.nextTask();

  deepEqual([before, clicks.length], [0, 1]);
});

Deno.test("a click that the page doesn't swallow isn't repeated", () => {
  using page = new SmallPage();
  const { element } = panelWith(page, "button");
  const clicks = received(element, "click");

  click(element);
  page.nextTask();

  equal(clicks.length, 1);
});

Deno.test("a swallowed click on a link, a label or a submit button isn't repeated, because the browser still follows it", () => {
  using page = new SmallPage();
  swallowClicks(page);
  const links = ["a", "label", "button"].map((name) =>
    panelWith(page, name).element
  );
  links[2]?.attributes.set("type", "submit");
  const inside = links.map((link) =>
    link.append(new SmallPageElement(page, "span"))
  );
  const clicks = links.map((link) => received(link, "click"));

  inside.forEach(click);
  page.nextTask();

  deepEqual(clicks.map(({ length }) => length), [0, 0, 0]);
});

Deno.test("a link's click that the page swallows and cancels is repeated", () => {
  using page = new SmallPage();
  swallowClicks(page);
  page.addEventListener("click", (event) => event.preventDefault(), true);
  const { element } = panelWith(page, "a");
  const clicks = received(element, "click");

  click(element);
  page.nextTask();

  equal(clicks.length, 1);
});

function press(target: EventTarget): void {
  target.dispatchEvent(new MouseEvent("pointerdown", TRUSTED));
}

/** A page whose dialog holds the focus, and a field in the panel. */
function heldFocus(page: SmallPage) {
  const held = page.append(new SmallPageElement(page, "input"));
  const { element: field, root } = panelWith(page, "input");
  const blurred: unknown[] = [];
  held.blur = () => {
    blurred.push(page.focused);
    page.focused = undefined;
  };
  held.focus();
  return { held, field, root, blurred };
}

Deno.test("a field of the panel gets the focus that a page's dialog holds", () => {
  using page = new SmallPage();
  const { held, field, blurred } = heldFocus(page);

  press(field);
  click(field);
  page.nextTask();

  ok(page.focused === field);
  deepEqual(blurred, [held]); // The dialog's field loses it first.
});

Deno.test("a field of the panel doesn't get the focus if something else was pressed meanwhile", () => {
  using page = new SmallPage();
  const { held, field } = heldFocus(page);

  press(field);
  click(field);
  press(held);
  page.nextTask();

  ok(page.focused === held);
});

Deno.test("a field that has the focus already keeps it, and a button doesn't take it", () => {
  using page = new SmallPage();
  const { held, field, root } = heldFocus(page);
  const button = root.append(new SmallPageElement(page, "button"));
  const focuses: string[] = [];
  for (const each of [field, button]) {
    each.focus = () => {
      focuses.push(each.name);
      page.focused = each;
    };
  }

  click(button);
  page.nextTask();
  const afterButton = page.focused;
  page.focused = field;
  click(field);
  page.nextTask();

  deepEqual([afterButton, page.focused, focuses], [held, field, []]);
});

Deno.test("guard() ignores a panel outside of a shadow tree, and none", () => {
  using page = new SmallPage();
  const plain = page.append(new SmallPageElement(page, "dialog"));
  const heard = heardBy(page, "keydown");

  guardOf(plain);
  guard(null);
  plain.dispatchEvent(new Event("keydown", TRUSTED));

  deepEqual(heard, ["keydown first", "keydown"]);
});
