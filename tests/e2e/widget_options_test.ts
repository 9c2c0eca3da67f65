import { deepEqual, equal, notEqual } from "node:assert/strict";
import type { Locator } from "playwright-core";
import { ar } from "@/lib/i18n/widget/ar.ts";
import type { SessionOptions } from "@/lib/protocol/visitor/session_messages.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";

// The options of a widget that no other test of the widget needs.

const ada = info({ id: "ada", dn: "Ada" });
const grace = info({ id: "grace", dn: "Grace", order: 1 });

function open(options: Partial<SessionOptions>, infos = [ada]) {
  const service = { session: session({ type: "sidebar" }, options), infos };
  return openWidgetPage({ service });
}

Deno.test("help texts take turns, each once, until the visitor has seen enough", async () => {
  await using shown = await open({ helpTexts: ["One?", "Two?", "Three?"] });
  const { page, url } = shown;
  await page.clock.install();
  await page.goto(`${url}/clock`);
  await seen(page.getByText("One?"));
  await page.clock.runFor(8_000);
  await seen(page.getByText("Two?"));

  await press(page.getByRole("button", { name: "Close" }));
  await gone(page.getByText("Two?"));
  await page.clock.runFor(20_000);

  equal(await page.locator(".help").count(), 0);
});

Deno.test("an element with a lang opens one socket, and a changed lang a new one", async () => {
  const service = { session: session({ type: "cardset" }), infos: [ada] };
  await using shown = await openWidgetPage({
    service,
    attributes: 'lang="de"',
  });
  const { page } = shown;
  await page.addInitScript(() => {
    const made: string[] = [];
    class Noted extends WebSocket {
      constructor(url: string) {
        super(url);
        made.push(url);
      }
    }
    Object.assign(globalThis, { WebSocket: Noted, made });
  });
  const sockets = () => page.evaluate("made.length");
  await page.reload();
  await seen(page.getByText("Ada", { exact: true }));
  const loaded = await sockets();
  const starts = shown.service.heard.filter(({ mt }) => mt === "Start").length;

  await page.locator("contact-widget").evaluate((element: HTMLElement) => {
    element.lang = "fr";
  });
  const start = await shown.service.once("Start", starts + 1);

  equal(loaded, 1);
  equal(start.lang, "fr");
  equal(await sockets(), 2);
});

Deno.test("branding is shown unless it is turned off", async () => {
  for (const showBranding of [true, false]) {
    await using shown = await open({ showBranding });
    const { page } = shown;
    await press(page.locator(".launcher"));
    await seen(page.getByRole("dialog").getByText("Ada"));

    equal(await page.locator(".brand").count(), showBranding ? 1 : 0);
  }
});

Deno.test("a preset name isn't asked for", async () => {
  await using shown = await open({ visitorName: "A guest" });
  const { page, service } = shown;
  await press(page.locator(".launcher"));
  await press(page.getByRole("button", { name: "Chat with Ada" }));
  const message = page.getByRole("textbox", { name: "Message" });
  await enter(message, "Hello");
  const asked = await page.getByRole("textbox", { name: "Your name" }).count();
  await message.press("Enter");

  equal(asked, 0);
  equal((await service.once("CreateChat")).dn, "A guest");
});

Deno.test("the random agent is an available one and stays first", async () => {
  const busy = { ...ada, presence: "busy" as const };
  await using shown = await open({ randomAgent: true }, [busy, grace]);
  const { page, service } = shown;
  await press(page.locator(".launcher"));
  const names = () => page.getByRole("heading", { level: 3 }).allTextContents();
  await seen(page.getByRole("heading", { name: "Grace" }));
  const before = await names();
  service.say(ada);
  await seen(page.locator('[data-agent="ada"]').getByText("Available"));

  deepEqual(before, ["Grace", "Ada"]);
  deepEqual(await names(), ["Grace", "Ada"]);
});

Deno.test("the page's address is sent without query and fragment, except for the named parameters", async () => {
  await using shown = await open({
    sendPage: true,
    pageParameters: ["utm_source"],
  });
  const { page, service, url } = shown;
  const query = "?token=SECRET&utm_source=mail";
  await page.goto(`${url}/inbox${query}`);
  await page.evaluate((to) => location.assign(to), `/reset${query}#code=abc`);
  await page.waitForURL(/reset/);
  await page.evaluate(
    (title) => document.title = title,
    "t".repeat(199) + "🎂",
  );
  await press(page.locator(".launcher"));
  await press(page.getByRole("button", { name: "Chat with Ada" }));
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");
  const { page: told } = await service.once("CreateChat");

  deepEqual(told, {
    url: `${url}/reset?utm_source=mail`,
    title: "t".repeat(199),
    referrer: `${url}/inbox?utm_source=mail`,
  });
});

Deno.test("the visitor's page is sent only with a chat, and only if the widget asks for it", async () => {
  for (const sendPage of [true, false]) {
    await using shown = await open({ sendPage });
    const { page, service, url } = shown;
    await press(page.locator(".launcher"));
    await press(page.getByRole("button", { name: "Chat with Ada" }));
    await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
    await page.keyboard.press("Enter");
    await service.once("ChatMessage");

    const told = service.heard.flatMap((message) =>
      "page" in message ? [[message.mt, message.page]] : []
    );
    const where = { url: `${url}/`, title: "Shop", referrer: "" };
    deepEqual(told, sendPage ? [["CreateChat", where]] : []);
  }
});

Deno.test("a page whose service is older, and sends no palettes, has the same colours", async () => {
  const { palettes: _, ...older } = session().options;
  const looks: string[] = [];
  for (const options of [session().options, older]) {
    await using shown = await openWidgetPage({
      service: { session: session({ options }) },
    });
    const call = shown.page.getByRole("button", { name: "Call Atlantis" });
    await seen(call);
    looks.push(
      await call.evaluate((button) => {
        const { backgroundColor, color } = getComputedStyle(button);
        return `${backgroundColor} ${color}`;
      }),
    );
  }

  equal(looks[1], looks[0]);
  notEqual(looks[0], "");
});

Deno.test("the placeholders of an Arabic chat begin at the right, and a text where its language does", async () => {
  await using shown = await openWidgetPage({
    service: { session: session({ lang: "ar", strings: ar }), infos: [ada] },
  });
  const { page } = shown;
  const direction = (field: Locator) =>
    field.evaluate((field) => getComputedStyle(field).direction);
  await press(page.getByRole("button", { name: ar.chat }));
  const message = page.getByRole("textbox", { name: ar.message });
  const name = page.getByRole("textbox", { name: ar.yourName });
  await seen(message);

  const empty = [await direction(message), await direction(name)];
  await enter(message, "Hello");
  await enter(name, "Bob");
  const english = [await direction(message), await direction(name)];
  await enter(message, "مرحبا");

  deepEqual(empty, ["rtl", "rtl"]);
  deepEqual(english, ["ltr", "ltr"]);
  equal(await direction(message), "rtl");
});
