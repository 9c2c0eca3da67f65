import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { agentOf } from "@/tests/support/admin_client.ts";
import {
  htmlPage,
  openProduct,
  type Product,
  signIn,
} from "@/tests/support/product.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";
import { serveWebsite } from "@/tests/support/website.ts";

// What docs/website.md tells websites to paste, pasted: HOST and UUID are
// replaced, and https by http, since tests have no certificate.

const GUIDE = new URL("../../docs/website.md", import.meta.url);

Deno.test("the widget works under every policy in docs/website.md without a violation", async () => {
  await using product = await openProduct();
  const { uuid } = await sidebarOf(product);
  await product.openDesk("shop", "Shop");
  const guide = await guideFor(product, uuid);
  const policies = [...guide.matchAll(/"(default-src [^"]+)"/g)]
    .map(([, policy = ""]) => policy);
  const [, least = ""] = /^```\n(script-src [^\n]+)\n```/m.exec(guide) ?? [];
  equal(policies.length, 3);
  const strict = `default-src 'none'; ${least}; ` +
    "require-trusted-types-for 'script'";

  for (const policy of [strict, ...policies]) {
    const { page, errors, context } = await product.browser.open();
    await using site = serveWebsite(() => htmlPage(embedIn(guide)), {
      "content-security-policy": policy,
    });
    await page.goto(site.origin);
    await press(launcher(page));
    await seen(page.getByRole("button", { name: "Chat with Shop" }));
    deepEqual(errors, [], policy);
    await context.close();
  }
});

Deno.test("the pinned script in docs/website.md loads only with its own hash", async () => {
  await using product = await openProduct();
  const { uuid } = await sidebarOf(product);
  await product.openDesk("shop", "Shop");
  const guide = await guideFor(product, uuid);
  const made = await fetch(`${product.service.url}/widget.json`);
  const { script, integrity } = readPin(await made.json());
  const [pinned = ""] =
    /<script[^>]*widget-ABCD2345[^]*?<\/script>/.exec(guide) ?? [];
  const named = pinned.replace(
    /src="[^"]+"/,
    `src="${product.service.url}/${script}"`,
  );
  const element = `<contact-widget uuid="${uuid}"></contact-widget>`;
  let hash = integrity;
  const lines = (hash: string) => named.replace(/sha384-…/, hash) + element;
  await using site = serveWebsite(() => htmlPage(lines(hash)));
  const { page, errors } = await product.browser.open();

  await page.goto(site.origin);
  await seen(launcher(page));
  equal(oneLine(await pinnedInAdmin(page, product)), oneLine(lines(integrity)));
  deepEqual(errors, []);
  hash = `sha384-${btoa("x".repeat(48))}`;
  await page.goto(site.origin);
  await page.waitForFunction(() => document.readyState === "complete");

  match(errors.join(), /integrity/);
  equal(await launcher(page).count(), 0);
});

Deno.test("the scripts in docs/website.md do what the guide says", async () => {
  await using product = await openProduct();
  const { uuid } = await sidebarOf(product);
  const guide = await guideFor(product, uuid);
  const examples = htmlIn(sectionOf(guide, "JavaScript"));
  equal(examples.length, 5);
  const stub = "<script>analytics = { all: [], " +
    "track(what) { this.all.push(what) } }</script>";
  await using site = serveWebsite(() =>
    htmlPage(stub + examples.join("") + embedIn(guide))
  );
  const desk = await product.openDesk("shop", "Shop");
  const { page, errors } = await product.browser.open({
    permissions: ["microphone", "camera"],
  });
  const presence = (name: string) =>
    press(desk.page.getByRole("radio", { name }));
  const ask = page.getByRole("button", { name: "We are here. Ask us!" });

  await page.goto(site.origin);
  await seen(ask);
  await presence("Away");
  await gone(ask);
  await presence("Online");
  await seen(ask);

  await press(page.getByRole("button", { name: "Write to us" }));
  // German, and no name is asked for: setLanguage() and setVisitor().
  const field = page.getByRole("textbox", { name: "Nachricht" });
  await enter(field, "Guten Tag");
  await field.press("Enter");
  await seen(desk.page.getByText("Jonas wants to chat").last());
  await press(desk.page.getByRole("button", { name: "Join chat" }).first());
  await tracked(page, "chat answered");
  await page.evaluate(() =>
    document.querySelector<HTMLElement & { close(): void }>("contact-widget")
      ?.close()
  );
  await enter(desk.page.getByRole("textbox", { name: "Message" }), "Hello");
  await desk.page.keyboard.press("Enter");
  await page.waitForFunction(() => document.title === "(1) Our shop");

  await press(page.getByRole("button", { name: "Call the shop" }));
  await press(desk.page.getByRole("button", { name: "Answer with video" }));
  await tracked(page, "call answered");
  deepEqual(errors, []);
});

/** The lines with a hash that the Code dialog offers. */
async function pinnedInAdmin(
  page: Page,
  { service }: Product,
): Promise<string> {
  await signIn(page, service.url, "admin");
  const panel = page.locator("section.widget", { hasText: "1 agent" });
  await press(panel.getByRole("button", { name: "Code" }));
  await press(page.getByText("only this version of the script"));
  return await page.getByLabel("Code for one version").innerText();
}

const oneLine = (text: string) =>
  text.replace(/\s+/g, " ").replace("> <", "><");

async function tracked(page: Page, what: string): Promise<void> {
  await page.waitForFunction(
    (what) =>
      (globalThis as unknown as { analytics: { all: string[] } })
        .analytics.all.includes(what),
    what,
  );
}

function launcher(page: Page) {
  return page.getByRole("button", { name: "How can we help?" });
}

function sidebarOf({ admin }: Product) {
  return admin.addWidget("sidebar", (content) => {
    content.agents = [agentOf("shop", "Shop")];
  });
}

/** The guide with the service's own address in it. */
async function guideFor({ service }: Product, uuid: string): Promise<string> {
  const { host } = new URL(service.url);
  return (await Deno.readTextFile(GUIDE))
    .replaceAll(/\b(http|ws)s:\/\/HOST\b/g, `$1://${host}`)
    .replaceAll("UUID", uuid);
}

/** The lines of the section Embed. */
function embedIn(guide: string): string {
  const [embed = ""] = htmlIn(sectionOf(guide, "Embed"));
  ok(embed.includes("<script"));
  return embed;
}

function sectionOf(guide: string, title: string): string {
  return guide.split(/^## /m).find((part) => part.startsWith(title)) ?? "";
}

function htmlIn(section: string): string[] {
  return [...section.matchAll(/^```html\n([^]*?)^```/gm)]
    .map(([, html = ""]) => html);
}

function readPin(json: Record<string, unknown>) {
  return { script: String(json.script), integrity: String(json.integrity) };
}
