import type { Page } from "playwright-core";
import { deepEqual, equal } from "node:assert/strict";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";

const ada = info({
  id: "ada",
  dn: "Ada Lovelace",
  phonenumber: "+49 30 1",
});
const sidebar = { session: session({ type: "sidebar" }), infos: [ada] };
const TALL = '<p style="height: 2000px">A long page</p>';

/** Styles of a page that move, clip or cover what is fixed in it. */
const STYLES = {
  "transform": "body { transform: translateY(0) }",
  "filter": "body { filter: blur(0) }",
  "contain": "body { contain: strict; height: 2000px }",
  "will-change": "body { will-change: transform }",
  "content-visibility": "main { content-visibility: auto }",
  "pointer-events": "body { pointer-events: none }",
  "an overlay": "body::after { content: ''; position: fixed; inset: 0; " +
    "z-index: 2147483647; background: #0008 }",
};

for (const [name, css] of Object.entries(STYLES)) {
  Deno.test(`a page with ${name} leaves launcher and panel reachable`, async () => {
    await using shown = await openWidgetPage({
      kind: "plain",
      service: sidebar,
      body: (service) => `<style>${css}</style>${TALL}${service.tags()}`,
    });
    const { page } = shown;
    const launcher = page.getByRole("button", { name: "How can we help?" });
    await seen(launcher);

    await seen(launcher);
    await press(launcher);
    const chat = page.getByRole("button", { name: "Chat with Ada" });
    await seen(chat);
    await press(chat);

    await seen(page.getByRole("textbox", { name: "Message" }));
  });
}

Deno.test("while a dialog of the page is modal, a click brings the panel forward, another one the dialog", async () => {
  await using shown = await openWidgetPage({
    kind: "plain",
    service: sidebar,
    body: (service) =>
      `<dialog id="own"><p>Delete it?</p><button>Yes</button></dialog>
      <dialog id="later">Still there?</dialog>${service.tags()}`,
  });
  const { page } = shown;
  await press(page.getByRole("button", { name: "How can we help?" }));
  await press(page.getByRole("button", { name: "Chat with Ada" }));
  const composer = page.getByRole("textbox", { name: "Message" });
  await seen(composer);
  const loaded = page.waitForResponse(/\/above-/);
  await page.evaluate(() => {
    const own = document.querySelector<HTMLDialogElement>("#own");
    own?.querySelector("button")?.addEventListener("click", () => own.close());
    own?.showModal();
  });
  await (await loaded).finished();

  // Inert for the browser, so the mouse alone, as a person's, finds it.
  const box = await composer.boundingBox();
  if (!box) throw new Error("no composer");
  const isModal = () =>
    page.locator(".panel").evaluate((panel) => panel.matches(":modal"));
  const pressPanel = async () => {
    for (let i = 0; i < 20 && !await isModal(); i++) { // Until the script has run.
      await pressAt(page, box.x + box.width / 2, box.y + box.height / 2);
    }
  };
  await pressPanel();
  await page.evaluate(() => {
    document.querySelector<HTMLDialogElement>("#later")?.showModal();
  });
  await pressPanel(); // In front of the other dialog too.
  await page.keyboard.type("Hello");
  await page.keyboard.press("Enter");
  await seen(page.getByRole("log").getByText("Hello"));
  await page.evaluate(() => {
    document.querySelector<HTMLDialogElement>("#later")?.close();
  });
  const yes = await page.locator("#own button").boundingBox();
  if (!yes) throw new Error("no dialog");
  const pressPage = () => pressAt(page, yes.x + 5, yes.y + 5);
  await pressPage(); // It may take one press to get there, and one to press it.
  if (await page.locator("#own").isVisible()) await pressPage();
  await gone(page.locator("#own"));

  await enter(composer, "Bye");
  await page.keyboard.press("Enter");
  await seen(page.getByRole("log").getByText("Bye"));
  await page.keyboard.press("Escape");
  await press(page.getByRole("button", { name: /^Ada/ }));
});

Deno.test("a widget hidden from screen readers by a dialog of the page is exposed again", async () => {
  await using shown = await openWidgetPage({ service: sidebar });
  const { page } = shown;
  await press(page.getByRole("button", { name: "How can we help?" }));
  await seen(page.getByRole("dialog"));

  await page.evaluate(() => {
    const host = document.querySelector("contact-widget");
    host?.setAttribute("aria-hidden", "true");
    host?.setAttribute("inert", "");
  });

  await press(page.getByRole("button", { name: "Chat with Ada" }));
  deepEqual(
    await page.locator("contact-widget").evaluate((host) =>
      host.getAttributeNames()
    ),
    ["uuid"],
  );
});

Deno.test("in print there is no launcher, panel or button, only how to reach each agent", async () => {
  for (const type of ["sidebar", "cardset"] as const) {
    await using shown = await openWidgetPage({
      service: { session: session({ type }), infos: [ada] },
    });
    const { page } = shown;
    await seen(page.locator(".launcher, .card").first());
    if (type === "sidebar") {
      await press(page.locator(".launcher"));
      await seen(page.getByRole("dialog"));
    }
    await page.emulateMedia({ media: "print" });

    const printed = type === "cardset";
    equal(
      await page.locator(".panel, .launch").isVisible().catch(() => true),
      false,
    );
    equal(await page.getByRole("button").count(), 0);
    equal(await page.getByText("Ada Lovelace").isVisible(), printed);
    equal(await page.getByText("+49 30 1").isVisible(), printed);
  }
});

Deno.test("in a frame without access to the microphone, the visitor is told so", async () => {
  await using shown = await openWidgetPage({ kind: "plain", service: sidebar });
  const { page, url } = shown;
  // Of another origin, as the frames of page builders and shops are.
  const other = url.replace("127.0.0.1", "localhost");
  await page.evaluate((src) => {
    const frame = document.createElement("iframe");
    frame.style.cssText = "width: 600px; height: 600px";
    frame.src = src;
    document.querySelector("main")?.replaceChildren(frame);
  }, other);
  const frame = page.frameLocator("iframe");

  await press(frame.getByRole("button", { name: "How can we help?" }));
  await press(frame.getByRole("button", { name: "Call Ada" }));

  await seen(frame.getByText("This website blocks the microphone here"));
  deepEqual(shown.profile.errors.splice(0), [
    "Permissions policy violation: microphone is not allowed in this document.",
  ]);
});

/** Presses whatever is at a point: the test is about what is on top there. */
async function pressAt(page: Page, x: number, y: number): Promise<void> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.up();
}
