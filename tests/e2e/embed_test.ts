import { deepEqual, equal, match } from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { agentOf } from "@/tests/support/admin_client.ts";
import { forEachPage } from "@/tests/support/foreign_page.ts";
import { openProduct, type Product, signIn } from "@/tests/support/product.ts";
import { enter, gone, press, reach, seen } from "@/tests/support/seen.ts";

forEachPage(
  "an admin creates a cardset and pastes its code elsewhere, and the cards appear",
  async (kind) => {
    await using product = await openProduct([], kind);
    await product.admin.addPerson("ada", "Ada Lovelace");
    const { page, context, errors } = await product.browser.open({
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await signIn(page, product.service.url, "admin");

    await press(page.getByRole("button", { name: "Add new cardset widget" }));
    const panel = page.locator("section.widget[data-open]");
    await addAgent(page, panel, "ada", "Ada Lovelace");
    await addAgent(page, panel, "reception", "Reception");
    await press(panel.getByRole("button", { name: "Save" }));
    await seen(page.getByText("was saved").first());
    await press(panel.getByRole("button", { name: "Code" }));
    await press(page.getByRole("button", { name: "Copy", exact: true }));
    await seen(page.getByRole("button", { name: "Copied" }));
    const code = await page.evaluate(() => navigator.clipboard.readText());

    const site = product.websiteOf(code);
    const visitor = await context.newPage();
    await visitor.goto(site.origin);
    await cards(visitor, 2);
    deepEqual(await names(visitor), ["Ada Lovelace", "Reception"]);
    deepEqual(errors, []);
  },
);

Deno.test("the downloaded page shows the widget when opened from disk", async () => {
  await using product = await openProduct();
  const { page, errors } = await product.browser.open();
  await product.admin.addWidget("cardset", (content) => {
    content.name = "Team";
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  await signIn(page, product.service.url, "admin");

  const panel = page.locator("section.widget", { hasText: "Team" });
  await press(panel.getByRole("button", { name: "Code" }));
  const downloading = page.waitForEvent("download");
  await press(page.getByRole("button", { name: "Download test page" }));
  const download = await downloading;
  const path = `${product.service.data}/${download.suggestedFilename()}`;
  await download.saveAs(path);
  await page.goto(`file://${path}`);

  match(path, /\.html$/);
  await cards(page, 1);
  deepEqual(await names(page), ["Ada Lovelace"]);
  deepEqual(errors, []);
});

forEachPage(
  "saving changes colour, texts, order and agents on open pages",
  async (kind) => {
    await using product = await openProduct([], kind);
    const { page, context } = await product.browser.open();
    const widget = await product.admin.addWidget("cardset", (content) => {
      content.agents = [agentOf("ada", "Ada"), agentOf("bob", "Bob")];
    });
    const site = product.website([widget.uuid]);
    const other = await context.newPage();
    for (const each of [page, other]) {
      await each.goto(site.origin);
      await cards(each, 2);
      await each.evaluate(() => Object.assign(globalThis, { untouched: true }));
    }

    await product.admin.saveWidget(widget, (content) => {
      content.lang = "de";
      content.visitorLang = false;
      content.company.name = "Neue Firma";
      content.appearance.colors.card = "#ffe0aa";
      content.agents = [
        agentOf("cleo", "Cleo"),
        agentOf("bob", "Bob"),
        agentOf("ada", "Ada Lovelace"),
      ];
    });

    for (const each of [page, other]) {
      await cards(each, 3);
      deepEqual(await names(each), ["Cleo", "Bob", "Ada Lovelace"]);
      await reach(each.getByText("Neue Firma"));
      await seen(each.getByText("Nicht erreichbar").first());
      equal(await cardColour(each), "rgb(255, 224, 170)");
      equal(await each.evaluate("untouched"), true);
    }
  },
);

forEachPage(
  "before the visitor acts, nothing is stored and nothing else is requested",
  async (kind) => {
    await using product = await openProduct([], kind);
    const widgets = await addBoth(product);
    const { page, context, errors } = await product.browser.open();
    const requests: string[] = [];
    const sockets: string[] = [];
    context.on("request", (request) => requests.push(request.url()));
    page.on(
      "websocket",
      (socket) => sockets.push(new URL(socket.url()).pathname),
    );
    const site = product.website(widgets);

    await page.goto(site.origin);
    await cards(page, 1);
    // The agent has no desk open.
    await seen(page.getByRole("button", { name: /Nobody is available/ }));
    await page.waitForLoadState("networkidle");

    const { origin } = new URL(product.service.url);
    const foreign = requests.filter((url) => url.startsWith(origin));
    equal(
      foreign.every((url) => /^\/[\w-]+\.js$/.test(new URL(url).pathname)),
      true,
    );
    equal(foreign.length <= 2, true, foreign.join());
    equal(
      requests.every((url) =>
        url.startsWith(origin) || url.startsWith(site.origin) ||
        url.startsWith("data:")
      ),
      true,
      requests.join(),
    );
    deepEqual(new Set(sockets), new Set(["/widgets/service"]));
    deepEqual(await context.cookies(), []);
    deepEqual(await stored(page), {
      local: 0,
      session: 0,
      databases: 0,
      caches: 0,
    });
    deepEqual(errors, []);
  },
);

async function addBoth({ admin }: Product): Promise<string[]> {
  const cardset = await admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("ada", "Ada")];
  });
  const sidebar = await admin.addWidget("sidebar", (content) => {
    content.agents = [agentOf("bob", "Bob")];
  });
  return [cardset.uuid, sidebar.uuid];
}

async function addAgent(
  page: Page,
  panel: Locator,
  address: string,
  name: string,
): Promise<void> {
  await press(panel.getByRole("button", { name: "Add agent" }).first());
  const dialog = page.getByRole("dialog", { name: "Add agent" });
  await enter(dialog.getByRole("combobox"), address);
  await enter(dialog.getByLabel("Display name"), name);
  for (const way of ["Voice calls", "Video calls", "Chat"]) {
    await press(dialog.getByRole("checkbox", { name: way }));
  }
  await press(dialog.getByRole("button", { name: "Add agent" }));
  await gone(dialog);
}

async function cards(page: Page, count: number): Promise<void> {
  await page.waitForFunction((expected) => {
    const host = document.querySelector("contact-widget");
    return host?.shadowRoot?.querySelectorAll("li.card").length === expected;
  }, count);
}

function names(page: Page): Promise<string[]> {
  return page.locator("contact-widget").first().locator(
    "li.card h3",
  )
    .allInnerTexts();
}

function cardColour(page: Page): Promise<string> {
  return page.locator("contact-widget li.card").first()
    .evaluate((card) => getComputedStyle(card).backgroundColor);
}

function stored(page: Page) {
  return page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: "caches" in globalThis ? (await caches.keys()).length : 0,
  }));
}
