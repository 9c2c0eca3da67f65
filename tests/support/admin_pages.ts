import { Buffer } from "node:buffer";
import type { Locator, Page } from "playwright-core";
import { PASSWORD } from "./admin_client.ts";
import { enter, gone, press, seen } from "./seen.ts";
import type { Service } from "./service.ts";

/** Uses the one-time link of the first start, as a new user would. */
export async function setUp(page: Page, service: Service): Promise<void> {
  if (service.setupUrl === undefined) throw new Error("No link was printed");
  await page.goto(service.setupUrl);
  await enter(page.getByLabel("Sign-in name"), "ada");
  await enter(page.getByLabel("Your name"), "Ada Example");
  await enter(page.getByLabel("Password", { exact: true }), PASSWORD);
  await enter(page.getByLabel("Repeat password"), PASSWORD);
  await press(page.getByRole("button", { name: "Create administrator" }));
  await seen(page.getByRole("heading", { name: "Widgets" }));
}

export async function signIn(
  page: Page,
  { url }: Service,
  name: string,
): Promise<void> {
  await page.goto(`${url}/login`);
  await enter(page.getByLabel("Sign-in name"), name);
  await enter(page.getByLabel("Password"), PASSWORD);
  await press(page.getByRole("button", { name: "Sign in" }));
  await page.waitForURL(/\/(admin|desk)$/);
}

/** Signs in with a password that an administrator has set, and replaces it. */
export async function signInFirst(
  page: Page,
  { url }: Service,
  { name, given, next = "" }: { name: string; given: string; next?: string },
): Promise<void> {
  await page.goto(`${url}/login?${new URLSearchParams({ next })}`);
  await enter(page.getByLabel("Sign-in name"), name);
  await enter(page.getByLabel("Password"), given);
  await press(page.getByRole("button", { name: "Sign in" }));
  const title = "Choose your own password";
  await seen(page.getByRole("heading", { name: title }));
  await enterPasswords(page, given, PASSWORD);
}

/** Fills in the form that changes the own password, and submits it with one
 * press, or with `send`. */
export async function enterPasswords(
  page: Page,
  current: string,
  password: string,
  send: (button: Locator) => Promise<void> = press,
): Promise<void> {
  await enter(page.getByLabel("Current password"), current);
  await enter(page.getByLabel("New password"), password);
  await enter(page.getByLabel("Repeat password"), password);
  await send(page.getByRole("button", { name: "Change password" }));
}

/** Returns the panel of the widget with this name. */
export function panelOf(page: Page, name: string): Locator {
  return page.locator("section.widget").filter({
    has: page.getByRole("heading", { name }),
  });
}

/** Adds a widget, names it, and waits until its editor has loaded. */
export async function addWidget(
  page: Page,
  kind: "sidebar" | "cardset",
  name: string,
): Promise<Locator> {
  await press(page.getByRole("button", { name: `Add new ${kind} widget` }));
  await enter(page.getByLabel("Name of the widget"), name);
  await page.keyboard.press("Enter");
  const panel = panelOf(page, name);
  await seen(panel.getByRole("tab", { name: "Agents" }));
  return panel;
}

/** Adds an agent by its known address. */
export async function addAgent(
  page: Page,
  panel: Locator,
  address: string,
  name: string,
): Promise<void> {
  await press(panel.getByRole("button", { name: "Add agent" }));
  const dialog = page.getByRole("dialog");
  await enter(dialog.getByLabel("SIP-ID or sign-in name").first(), address);
  await enter(dialog.getByLabel("Display name"), name);
  await press(dialog.getByRole("button", { name: "Add agent" }));
  await gone(dialog);
}

export async function save(panel: Locator): Promise<void> {
  await press(panel.getByRole("button", { name: "Save", exact: true }));
  await saved(panel);
}

/** Resolves when the widget has no unsaved changes. */
export async function saved(panel: Locator): Promise<void> {
  await seen(panel.locator('button:disabled:text-is("Save")'));
}

/** Returns the names in the list of agents, in their order. */
export function agentNames(panel: Locator): Promise<string[]> {
  return panel.locator(".agent-name").allInnerTexts();
}

/** Creates a photograph-like PNG that is larger than a picture may be. */
export async function makePhoto(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = 900;
    canvas.height = 1_200;
    const context = canvas.getContext("2d")!;
    const noise = context.createImageData(900, 1_200);
    for (let i = 0; i < noise.data.length; i++) {
      noise.data[i] = i % 4 === 3 ? 255 : Math.trunc(Math.sin(i) * 1e6) & 255;
    }
    context.putImageData(noise, 0, 0);
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  });
  return Buffer.from(base64, "base64");
}
