import { deepEqual, equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";
import { enter, focused, gone, press, seen } from "@/tests/support/seen.ts";

// Pages that handle every key, or keep the focus in their own dialog, as several
// well-known libraries do.

const ada = info({ id: "ada", dn: "Ada Lovelace" });
const service = { session: session({ type: "sidebar" }), infos: [ada] };
const FIELD = '<input id="own" aria-label="Search">';

async function open() {
  const shown = await openWidgetPage({
    service,
    body: (service) => `<div id="dialog">${FIELD}</div>${service.tags()}`,
  });
  await seen(shown.page.getByRole("button", { name: "How can we help?" }));
  return shown;
}

async function openChat(page: Page) {
  await press(page.getByRole("button", { name: "How can we help?" }));
  await press(page.getByRole("button", { name: "Chat with Ada" }));
  const composer = page.getByRole("textbox", { name: "Message" });
  await seen(composer);
  return composer;
}

/** The visitor's message is in the chat. */
function said(page: Page, text: string): Promise<void> {
  return seen(page.getByRole("log").getByText(text, { exact: true }), {
    timeout: 10_000,
  });
}

function ownField(page: Page): Promise<string> {
  return page.getByRole("textbox", { name: "Search" }).inputValue();
}

for (const capture of [false, true]) {
  for (const type of ["keydown", "keypress", "keyup"]) {
    Deno.test(`a page that takes the focus on ${type}${capture ? ", while it is captured," : ""} gets none of the visitor's keystrokes`, async () => {
      await using shown = await open();
      const { page, service } = shown;
      await page.evaluate(([type, capture]) => {
        document.addEventListener(`${type}`, (event) => {
          document.querySelector<HTMLElement>("#own")?.focus();
          if (capture && event instanceof KeyboardEvent) {
            event.stopPropagation();
          }
        }, capture === "true");
      }, [type, String(capture)]);

      const composer = await openChat(page);
      const name = page.getByRole("textbox", { name: "Your name" });
      await press(name);
      await focused(name);
      await page.keyboard.type("Josef Span");
      await press(composer);
      await focused(composer);
      await page.keyboard.type("Hello there");
      await page.keyboard.press("Enter");
      await said(page, "Hello there");
      await service.once("CreateChat");

      const [created] = service.heard.filter(({ mt }) => mt === "CreateChat");
      equal(created && "dn" in created && created.dn, "Josef Span");
      equal(await ownField(page), "");
    });
  }
}

Deno.test("the page gets no key, pointer or focus event from inside the widget", async () => {
  await using shown = await open();
  const { page } = shown;
  const heard = await page.evaluateHandle(() => {
    const heard: string[] = [];
    const types = "keydown keypress keyup beforeinput input paste focusin " +
      "focusout pointerdown pointerup mousedown mouseup click dblclick wheel " +
      "contextmenu";
    for (const type of types.split(" ")) {
      document.addEventListener(type, () => heard.push(type));
    }
    return heard;
  });

  const composer = await openChat(page);
  await page.keyboard.type("Hi");
  await composer.dblclick();
  await press(composer, { button: "right" });
  await page.mouse.wheel(0, 10);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await gone(page.getByRole("dialog"));

  deepEqual(await heard.jsonValue(), []);
});

/** Ways in which dialogs of pages keep the focus, as common libraries do. */
const TRAPS: Record<string, () => void> = {
  "on focusin": () => {
    const own = document.querySelector<HTMLElement>("#own");
    const dialog = document.querySelector("#dialog");
    const contain = () => {
      if (!dialog?.contains(document.activeElement)) own?.focus();
    };
    document.addEventListener("focusin", contain);
    setInterval(
      () => document.activeElement === document.body && contain(),
      50,
    );
    own?.focus();
  },
  "on focusin and presses, while they are captured": () => {
    const own = document.querySelector<HTMLElement>("#own");
    const dialog = document.querySelector("#dialog");
    const outside = (event: Event) =>
      !(event.target instanceof Node && dialog?.contains(event.target));
    document.addEventListener("focusin", (event) => {
      if (!outside(event)) return;
      event.stopImmediatePropagation();
      own?.focus();
    }, true);
    for (const type of ["mousedown", "touchstart", "click"]) {
      document.addEventListener(type, (event) => {
        if (!outside(event)) return;
        event.preventDefault();
        if (type === "click") event.stopImmediatePropagation();
      }, { capture: true, passive: false });
    }
    own?.focus();
  },
  "on focusin and focusout, with a page that takes no pointer": () => {
    const own = document.querySelector<HTMLElement>("#own");
    const dialog = document.querySelector("#dialog");
    document.body.style.pointerEvents = "none";
    const back = (node: EventTarget | null) => {
      if (node instanceof Node && !dialog?.contains(node)) own?.focus();
    };
    document.addEventListener("focusin", ({ target }) => back(target));
    document.addEventListener(
      "focusout",
      ({ relatedTarget }) => back(relatedTarget),
    );
    own?.focus();
  },
};

for (const [how, trap] of Object.entries(TRAPS)) {
  Deno.test(`a dialog of the page that keeps the focus ${how} gets no text from a chat`, async () => {
    await using shown = await open();
    const { page } = shown;
    // Once before and twice after the trap is there.
    const composer = await openChat(page);
    await enter(composer, "One");
    await composer.press("Enter");
    await said(page, "One");

    await page.evaluate(trap);
    await press(composer);
    await focused(composer);
    await page.keyboard.type("Two");
    await page.keyboard.press("Enter");
    await said(page, "Two");
    await press(page.getByRole("button", { name: "Close" }));
    await press(page.getByRole("button", { name: /^Ada/ }));
    await seen(composer);
    await focused(composer);
    await page.keyboard.type("Three");
    await press(page.getByRole("button", { name: "Send" }));
    await said(page, "Three");

    equal(await ownField(page), "");
  });
}

Deno.test("the visitor leaves the widget with Tab and by clicking on the page", async () => {
  await using shown = await open();
  const { page } = shown;
  const composer = await openChat(page);
  await press(composer);

  const search = page.getByRole("textbox", { name: "Search" });
  await press(search);
  await focused(search);
  await page.keyboard.type("shoes");
  await press(composer);
  await focused(composer);
  const reached = () =>
    search.evaluate((field) => document.activeElement === field);
  for (let i = 0; i < 20 && !await reached(); i++) {
    await page.keyboard.press("Shift+Tab");
  }

  equal(await ownField(page), "shoes");
  equal(await reached(), true);
});
