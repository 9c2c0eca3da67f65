import type { Page } from "playwright-core";
import type { WidgetContent } from "@/lib/model/widget.ts";
import { agentOf } from "./admin_client.ts";
import { everyDay } from "./opening_hours.ts";
import { openProduct, type Product, signIn } from "./product.ts";
import { bicycleShop } from "./screenshots_site.ts";
import { NARROW, shoot, WIDE } from "./shoot.ts";

const NAME = "Frames and forks";

/** Takes screenshots of a team: at the visitor in the queue, at its members, and
 * in the editor. */
export async function shootTeam(): Promise<void> {
  await using product = await openProduct();
  const { uuid } = await product.admin.addWidget("sidebar", teamOf);
  const anna = await product.openDesk("anna", "Anna Berg", { viewport: WIDE });
  const milo = await product.openDesk("milo", "Milo Lund", { viewport: WIDE });
  await using site = product.websiteOf(
    bicycleShop(product.service.url, [uuid]),
  );
  const visit = async (viewport = WIDE) => {
    const { page } = await product.browser.open({ viewport });
    await page.goto(site.origin);
    return page;
  };
  await handOver([anna.page, milo.page], visit);
  await queue(await visit(), await visit(NARROW));
  await callback(anna.page, await visit());
  await editor(product);
}

function teamOf(content: WidgetContent): void {
  const team = {
    ...{ members: ["anna", "milo"], strategy: "turn" as const },
    ...{ ringSeconds: 20, chatsMax: 1, queueMinutes: 10 },
    steps: [{ to: "workshop", seconds: 20 }],
  };
  content.name = "Sidebar on every page";
  content.appearance.colors.accent = "#a83f1d";
  content.messages.on = true;
  content.hours = everyDay("UTC", "00:00-00:00");
  content.callbacks = { ...content.callbacks, on: true, countries: ["DE"] };
  content.agents = [
    { ...agentOf("team-1", NAME), team },
    agentOf("workshop", "Workshop"),
  ];
}

/** One of the two has a chat that they could hand over; then both have one. */
async function handOver(
  [anna, milo]: [Page, Page],
  visit: () => Promise<Page>,
): Promise<void> {
  const first = await visit();
  await write(first, "Hello! Do you repair a bent fork of 1987?");
  await Promise.any([join(anna).waitFor(), join(milo).waitFor()]);
  const [own, other, name] = await join(anna).isVisible()
    ? [anna, milo, "Milo Lund"]
    : [milo, anna, "Anna Berg"];
  await join(own).click();
  await say(own, "Good morning. Let me ask a colleague.");
  await first.getByText("Let me ask a colleague").waitFor();
  const handOver = own.getByRole("button", { name: "Hand over" });
  await handOver.first().click();
  await own.getByRole("radio", { name: new RegExp(name) }).check();
  await own.getByRole("textbox", { name: /Note/ })
    .fill("Knows old frames. Wants to ride on Saturday.");
  await shoot(own, "desk-handover");
  await own.keyboard.press("Escape");
  await write(await visit(), "Which tyres fit my frame?");
  await join(other).click();
}

/** Two visitors wait; the second one is shown. */
async function queue(next: Page, second: Page): Promise<void> {
  await write(next, "Is the workshop open tomorrow?");
  await next.getByText("You are next in the queue.").waitFor();
  await write(second, "Hello! Can you send me a new saddle?");
  await second.getByText("You are number 2 in the queue.").waitFor();
  await shoot(second, "queue");
}

/** A visitor wants to be called, which is due now. */
async function callback(desk: Page, page: Page): Promise<void> {
  await open(page);
  await page.getByRole("button", { name: "Leave a message", exact: true })
    .click();
  await page.getByRole("textbox", { name: "Message" })
    .fill("Please call me about the green frame.");
  await page.getByRole("checkbox", { name: "Please call me back" }).check();
  await page.getByRole("textbox", { name: "Your phone number" })
    .fill("030 23125 456");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText("We will call you.").waitFor();
  await desk.getByRole("button", { name: "Take callback" }).waitFor();
  await shoot(desk, "desk-callback");
}

async function editor({ browser, service }: Product): Promise<void> {
  const viewport = { width: 1280, height: 1500 };
  const { page } = await browser.open({ viewport });
  await signIn(page, service.url, "admin");
  await page.getByRole("button", { name: /^Sidebar on every page/ }).click();
  await page.getByRole("button", { name: `Edit ${NAME}` }).click();
  await page.getByRole("button", { name: "Remove Anna Berg" }).waitFor();
  await shoot(page, "admin-team", { part: page.getByRole("dialog") });
}

const join = (desk: Page) =>
  desk.getByRole("button", { name: "Join chat" }).first();

async function open(page: Page): Promise<void> {
  await page.getByRole("button", { name: "How can we help?" }).click();
}

async function write(page: Page, text: string): Promise<void> {
  await open(page);
  await page.getByRole("button", { name: `Chat with ${NAME}` }).click();
  await say(page, text);
}

async function say(page: Page, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: "Message" });
  await field.fill(text);
  await field.press("Enter");
}
