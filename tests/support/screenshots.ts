import type { Page } from "playwright-core";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import { openBrowser } from "./browser.ts";
import { endChat } from "./end_chat.ts";
import { getProgram } from "./get_debian.ts";
import { type Desk, openProduct } from "./product.ts";
import { shootAdmin, shootSetup, shopWidgets } from "./screenshots_admin.ts";
import { makeFilms } from "./screenshots_camera.ts";
import { fillStatistics } from "./screenshots_figures.ts";
import { bicycleShop } from "./screenshots_site.ts";
import { shootTeam } from "./screenshots_team.ts";
import { startService } from "./service.ts";
import { makeFolder, NARROW, shoot, WIDE } from "./shoot.ts";
import { startCompany, stayLinked } from "./simulated_pbx/main.ts";
import { serveWebsite } from "./website.ts";

// `deno task screenshots`: takes the screenshots of README and docs from the
// running product, so that they stay up to date.

const APP_PASSWORD = "demo";
const CONSENT =
  "To answer you we process your name and what you write. How, and for how " +
  "long: https://www.example.com/privacy";
const hostOf = (url: string) => new URL(url).host;
const SERVICE = "http://widgets.example.com";
const SHOP_SITE = "http://www.example.com";

await makeFolder();
const films = await Deno.makeTempDir({ prefix: "films-" });
const [agentFilm, visitorFilm] = await makeFilms(films, [
  { portrait: "reception", wall: "linear-gradient(#dfe9e4, #b9cfc6)" },
  { portrait: "you", wall: "linear-gradient(#f2e7d8, #d9c3a5)" },
]);
await using product = await openProduct(
  [`--pbx-password=${APP_PASSWORD}`],
  "plain",
  [`--use-file-for-fake-video-capture=${agentFilm}`],
);
const [sidebar, cardset] = await shopWidgets(product);
const shop = await product.openDesk("shop", "Shop");
await product.openDesk("workshop", "Workshop");
let shown: string[] = [];
await using site = serveWebsite(() => bicycleShop(SERVICE, shown));
// Both have names in it, as on the internet.
await using visitors = await openBrowser(
  [
    `--use-file-for-fake-video-capture=${visitorFilm}`,
    `--host-resolver-rules=MAP www.example.com ${hostOf(site.origin)},` +
    `MAP widgets.example.com ${hostOf(product.service.url)}`,
    `--unsafely-treat-insecure-origin-as-secure=${SHOP_SITE},${SERVICE}`,
  ],
  [],
  await getProgram("chromium"),
); // The headless shell ignores the last flag.

await website();
await phone();
await chatAndCall(shop);
await moreContacts(shop);
await consent();
await fillStatistics(product.service.data, [sidebar.uuid, cardset.uuid]);
await withPbx(() => shootAdmin(visitors, SERVICE));
await setup();
await shootTeam();
await Deno.remove(films, { recursive: true });

/** Links a PBX while `use` runs. */
async function withPbx(use: () => Promise<void>): Promise<void> {
  const url = `${product.service.url.replace("http", "ws")}/widgets`;
  const pbx = startCompany(url, APP_PASSWORD);
  const over = new AbortController();
  void stayLinked(pbx, { signal: over.signal, say: () => {} });
  try {
    await use();
  } finally {
    over.abort();
    pbx.cut();
  }
}

/** A service without any account. */
async function setup(): Promise<void> {
  await using service = await startService({
    args: [
      "--stun=stun.example.com",
      "--turn=turn.example.com;turns:turn.example.com",
      "--turn-secret=demo",
    ],
  });
  await shootSetup(visitors, service.setupUrl ?? "");
}

/** Cards in the page, the sidebar waiting at its side. */
async function website(): Promise<void> {
  const page = await visit([cardset, sidebar], WIDE);
  await page.getByText("We are here.").waitFor();
  await shoot(page, "website");
}

/** The sidebar, open, on a phone. */
async function phone(): Promise<void> {
  const page = await visit([sidebar], NARROW);
  await page.getByRole("button", { name: "How can we help?" }).click();
  await page.getByRole("dialog").waitFor();
  await shoot(page, "phone");
}

/** A visitor writes and calls; both sides of it. */
async function chatAndCall(desk: Desk): Promise<void> {
  const page = await visit([sidebar], WIDE);
  const clip = { x: 640, y: 0, width: 640, height: 800 };
  await page.getByRole("button", { name: "How can we help?" }).click();
  await page.getByRole("button", { name: "Chat with Shop" }).click();
  await page.getByRole("textbox", { name: "Your name" }).fill("Jonas");
  await say(page, "Hello! Is the touring frame available in 56 cm?");
  await desk.page.getByRole("button", { name: "Join chat" }).first().click();
  await say(desk.page, "Good morning Jonas. Yes, in green and in sand.");
  await say(page, "Green, please. Can I see it?");
  await desk.page.getByText("Can I see it?").first().waitFor();
  await say(desk.page, "Of course: call me with video and I show it to you.");
  await page.getByText("call me with video").waitFor();
  await shoot(page, "chat", { clip });
  await desk.page.setViewportSize(WIDE);
  await page.getByRole("button", { name: "Video call with Shop" }).click();
  await desk.page.getByRole("region", { name: /is calling/ }).waitFor();
  await shoot(desk.page, "desk");
  await desk.page.setViewportSize(NARROW);
  await shoot(desk.page, "desk-phone");
  await desk.page.setViewportSize(WIDE);
  await desk.page.getByRole("button", { name: "Answer with video" }).click();
  await page.getByLabel("Video of Shop").waitFor();
  await page.getByText("0:04").waitFor();
  await shoot(page, "call", { clip });
  // A picture of a video is large.
  await desk.page.setViewportSize({ width: 1_120, height: 700 });
  await shoot(desk.page, "desk-call");
  await page.getByRole("button", { name: "Hang up" }).click();
  await page.getByRole("button", { name: "Chat with Shop" }).click();
  await endChat(page);
}

/** Two more visits for the list of contacts: a call in vain, a short chat. */
async function moreContacts(desk: Desk): Promise<void> {
  const page = await visit([sidebar], NARROW);
  await page.getByRole("button", { name: "How can we help?" }).click();
  await page.getByRole("button", { name: "Call Shop" }).click();
  await desk.page.getByRole("button", { name: "Decline" }).click();
  await page.getByText("cannot take the call").waitFor();
  const other = await visit([cardset, sidebar], WIDE);
  await other.getByRole("button", { name: "Chat with Shop" }).first().click();
  await say(other, "Are you open on Saturday?");
  await desk.page.getByRole("button", { name: "Join chat" }).first().click();
  await say(desk.page, "Yes, from nine to two.");
  await other.getByText("from nine to two").waitFor();
  await endChat(other);
}

/** The consent question before the first message, on a phone. */
async function consent(): Promise<void> {
  const page = await visit([sidebar], NARROW);
  await page.getByRole("button", { name: "How can we help?" }).click();
  await product.admin.saveWidget(sidebar, (content) => {
    content.consent = CONSENT;
  });
  await page.getByRole("button", { name: "Chat with Shop" }).click();
  await say(page, "Hello! Do you repair bicycles of other makers?");
  await page.getByText("Before we start").waitFor();
  await shoot(page, "consent");
}

/** A visitor on the page, after the service has sent the presences. */
async function visit(
  widgets: WidgetView[],
  viewport: { width: number; height: number },
): Promise<Page> {
  shown = widgets.map(({ uuid }) => uuid);
  const { page } = await visitors
    .open({ viewport, permissions: ["camera", "microphone"] });
  await page.goto(SHOP_SITE);
  await page.getByRole("button", { name: "How can we help?" })
    .waitFor();
  return page;
}

async function say(page: Page, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: "Message" });
  await field.fill(text);
  await field.press("Enter");
}
