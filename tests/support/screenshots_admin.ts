import type { Locator, Page } from "playwright-core";
import type { TestBrowser } from "./browser.ts";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import { type Product, signIn } from "./product.ts";
import { shoot, WIDE } from "./shoot.ts";

const TALL = { width: 1280, height: 1000 };

/** Takes screenshots of the administrator's pages. */
export async function shootAdmin(
  browser: TestBrowser,
  service: string,
): Promise<void> {
  const { page } = await browser.open({ viewport: WIDE });
  await signIn(page, service, "admin");
  await widgets(page);
  await dialogs(page);
  await lists(service, page);
}

/** Takes screenshots of the page that creates the first administrator, and of
 * that administrator's page of STUN and TURN, before a test. */
export async function shootSetup(
  browser: TestBrowser,
  setupUrl: string,
): Promise<void> {
  const { page } = await browser.open({ viewport: WIDE });
  await page.goto(setupUrl);
  await page.getByLabel("Sign-in name").fill("office");
  await page.getByLabel("Your name").fill("Office");
  await page.getByLabel("Password", { exact: true })
    .fill("seven wheels in the rain");
  await shoot(page, "admin-setup", {
    clip: { x: 340, y: 0, width: 600, height: 800 },
  });
  await page.getByLabel("Repeat password").fill("seven wheels in the rain");
  await page.getByRole("button", { name: "Create administrator" }).click();
  await page.getByRole("link", { name: "Network" }).click();
  await page.getByText("turns:turn.example.com").first().waitFor();
  await shoot(page, "admin-network");
}

async function widgets(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Cards on the contact page/ })
    .click();
  const preview = page.frameLocator("iframe");
  await preview.getByText("Shop").first().waitFor();
  await page.getByRole("button", { name: "Desktop" }).click().catch(() => {});
  await page.mouse.move(640, 780);
  await shoot(page, "admin");
  await page.setViewportSize(TALL);
  await page.getByRole("tab", { name: "Look" }).click();
  await shoot(page, "admin-look");
  await page.setViewportSize(WIDE);
  await page.getByRole("tab", { name: "Agents" }).click();
  await page.getByRole("button", { name: /^Sidebar on every page/ }).click();
  // Not of the other panel, which is open already.
  const panel = page.locator("section.widget[data-open]").filter({
    has: page.getByRole("button", { name: /^Sidebar on every page/ }),
  });
  await panel.getByRole("tab", { name: "Texts and behaviour" }).click();
  await shoot(page, "admin-texts", { part: formOf(page), room: 0 });
  await shootHours(page, panel);
  await panel.getByRole("tab", { name: "Websites and privacy" }).click();
  await shoot(page, "admin-privacy", { part: formOf(page), room: 0 });
  await page.getByRole("button", { name: /^Sidebar on every page/ }).click();
}

/** Takes the opening hours, which are not saved. */
async function shootHours(page: Page, panel: Locator): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 1400 });
  await panel.getByRole("tab", { name: "Opening hours" }).click();
  const limit = panel.getByRole("switch", { name: "Limit to opening hours" });
  await limit.check();
  await panel.getByText(/^(Open|Closed) now/).waitFor();
  await panel.getByRole("button", { name: "Add exception" }).click();
  await panel.getByLabel("Name", { exact: true }).fill("Christmas Day");
  await panel.getByLabel("First day").fill("2026-12-25");
  await panel.getByRole("checkbox", { name: "Every year" }).check();
  await shoot(page, "admin-hours", { part: formOf(page), room: 0 });
  await limit.uncheck();
  await page.setViewportSize(WIDE);
}

async function dialogs(page: Page): Promise<void> {
  await page.setViewportSize(TALL);
  await page.getByRole("button", { name: "Edit Fitting" }).click();
  const dialog = page.getByRole("dialog");
  await shoot(page, "admin-agent", { part: dialog });
  await page.getByRole("button", { name: "Close" }).click();
  const panel = page.locator("section.widget[data-open]");
  await panel.getByRole("button", { name: "Code" }).click();
  await shoot(page, "admin-code", { part: dialog });
  await page.getByRole("button", { name: "Close" }).click();
  await panel.getByRole("button", { name: /^Earlier versions/ }).click();
  await dialog.getByRole("button").nth(3).click();
  await dialog.getByRole("heading", { name: "Differences" })
    .waitFor();
  await shoot(page, "admin-versions", { part: dialog });
  await page.getByRole("button", { name: "Close" }).click();
}

async function lists(service: string, page: Page): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 560 });
  await page.goto(`${service}/admin/people`);
  await page.getByText("Workshop").first().waitFor();
  await shoot(page, "admin-people");
  await page.goto(`${service}/admin/audit`);
  await page.getByText("created the widget").first().waitFor();
  await shoot(page, "admin-changes");
  await page.setViewportSize({ width: 1280, height: 1120 });
  await page.goto(`${service}/admin/statistics?period=30d`);
  await page.locator(".plot canvas").first().waitFor();
  await page.getByText("By agent").waitFor();
  await shoot(page, "admin-statistics");
  await page.setViewportSize({ width: 1280, height: 700 });
  await page.goto(`${service}/admin/contacts`);
  await page.getByText("Chat", { exact: true }).last().waitFor();
  await shoot(page, "admin-contacts");
  await page.setViewportSize(WIDE);
  await page.goto(`${service}/admin/pbx`);
  await page.getByText("linked", { exact: true }).waitFor();
  await shoot(page, "admin-pbx");
}

function formOf(page: Page): Locator {
  return page.locator("section.widget[data-open] .editor-form").first();
}

/** The example widgets with the bicycle shop's own people. */
export async function shopWidgets(
  { admin }: Product,
): Promise<[sidebar: WidgetView, cardset: WidgetView]> {
  const widgets = await admin.widgets();
  const sidebar = widgets.find(({ type }) => type === "sidebar");
  const cardset = widgets.find(({ type }) => type === "cardset");
  if (!sidebar || !cardset) throw new Error("Cannot find the example widgets");
  const isShown = ({ address }: { address: string }) => address !== "admin";
  const named = await admin.saveWidget(cardset, (content) => {
    content.name = "Cards on the contact page";
    content.agents = content.agents.filter(isShown);
    content.appearance.colors.accent = "#7a3b69";
  });
  const cards = await admin.saveWidget(named, (content) => {
    content.appearance.colors.accent = cardset.content.appearance.colors.accent;
    content.company.phone = "+49 30 23125 0";
  });
  const side = await admin.saveWidget(sidebar, (content) => {
    content.name = "Sidebar on every page";
    content.agents = content.agents.filter(isShown);
  });
  return [side, cards];
}
