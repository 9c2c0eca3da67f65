import type { Page } from "playwright-core";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import { type Desk, type House, openHouse, signIn } from "./house.ts";
import { serveWebsite, type Website } from "./website.ts";

// `deno task screenshots`: the pictures of README and docs, made of the running
// product, so that they stay true. Nothing here is drawn or retouched.

const FOLDER = new URL("../../docs/images/", import.meta.url).pathname;
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 390, height: 800 };

await Deno.mkdir(FOLDER, { recursive: true });
await using house = await openHouse();
const [sidebar, cardset] = await examples(house);
const shop = await house.openDesk("shop", "Shop");
await house.openDesk("workshop", "Workshop");
await using both = serveWebsite(() =>
  bicycleShop(house.service.url, [cardset.uuid, sidebar.uuid])
);
await using sidebarOnly = serveWebsite(() =>
  bicycleShop(house.service.url, [sidebar.uuid])
);

await website();
await phone();
await chatAndCall(shop);
await admin();
console.log(`Pictures are in ${FOLDER}`);

/** Cards in the page, the sidebar waiting at its side. */
async function website(): Promise<void> {
  const { page } = await visitor(both, WIDE);
  await page.getByText("We are here.").waitFor();
  await shoot(page, "website");
}

/** The sidebar, open, on a phone. */
async function phone(): Promise<void> {
  const { page } = await visitor(sidebarOnly, NARROW);
  await page.getByRole("button", { name: "How can we help?" }).click();
  await page.getByRole("dialog").waitFor();
  await shoot(page, "phone");
}

/** A visitor writes and calls; both sides of it. */
async function chatAndCall(desk: Desk): Promise<void> {
  const { page } = await visitor(sidebarOnly, WIDE);
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
  await shoot(page, "chat");
  await desk.page.setViewportSize(WIDE);
  await page.getByRole("button", { name: "Video call with Shop" }).click();
  await desk.page.getByRole("region", { name: /is calling/ }).waitFor();
  await shoot(desk.page, "desk");
  await desk.page.getByRole("button", { name: "Answer with video" }).click();
  await page.getByLabel("Picture of Shop").waitFor();
  await shoot(page, "call");
  await page.getByRole("button", { name: "Hang up" }).click();
}

async function admin(): Promise<void> {
  const { page } = await house.browser.open({ viewport: WIDE });
  await signIn(page, house.service.url, "admin");
  await page.getByRole("button", { name: /^Example cardset/ }).click();
  const preview = page.frameLocator("iframe");
  await preview.getByText("Shop").first().waitFor();
  await shoot(page, "admin");
}

/** Somebody before the page, where the service has said who is there. */
async function visitor(
  { origin }: Website,
  viewport: { width: number; height: number },
) {
  const profile = await house.browser
    .open({ viewport, permissions: ["camera", "microphone"] });
  await profile.page.goto(origin);
  await profile.page.getByRole("button", { name: "How can we help?" })
    .waitFor();
  return profile;
}

async function say(page: Page, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: "Message" });
  await field.fill(text);
  await field.press("Enter");
}

/** Waits until pictures are there and nothing slides or fades any more. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() => {
    const roots = [...document.querySelectorAll("contact-widget")]
      .flatMap(({ shadowRoot }) => shadowRoot ?? []);
    return [document, ...roots].flatMap((root) => root.getAnimations())
      .every(({ playState, effect }) =>
        playState !== "running" ||
        effect?.getComputedTiming().iterations === Infinity
      );
  });
  await page.screenshot({ path: `${FOLDER}${name}.png` });
  console.log(`${name}.png`);
}

/** The example widgets, the sidebar with everybody in it. */
async function examples({ admin }: House): Promise<[WidgetView, WidgetView]> {
  const { widgets } = await admin
    .call<{ widgets: WidgetView[] }>("GET", "/api/widgets");
  const sidebar = widgets.find(({ type }) => type === "sidebar");
  const cardset = widgets.find(({ type }) => type === "cardset");
  if (!sidebar || !cardset) throw new Error("Cannot find the example widgets");
  const isShown = ({ address }: { address: string }) => address !== "admin";
  const saved = [sidebar, cardset].map((one) =>
    admin.saveWidget(one, (content) => {
      content.agents = content.agents.filter(isShown);
    })
  );
  const [first, second] = await Promise.all(saved);
  return [first ?? sidebar, second ?? cardset];
}

function bicycleShop(service: string, uuids: string[]): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Touring frames</title><style>
    body { margin: 0; font: 17px/1.6 Georgia, serif; color: #29231d; background: #faf7f1 }
    header { display: flex; gap: 32px; align-items: baseline; padding: 20px 48px;
      border-block-end: 1px solid #e3dccf; font-weight: 700 }
    header span { font: 15px system-ui; font-weight: 400 }
    main { padding: 40px 32px; max-inline-size: 1160px; margin: auto }
    h1 { font-size: 44px; line-height: 1.15; margin: 0 16px 8px }
    main > p { margin: 0 16px 24px; max-inline-size: 34em; color: #6b6257 }
    @media (width < 600px) { header { padding: 16px 20px } h1 { font-size: 32px }
      main { padding: 24px 4px } header span { display: none } }
    </style></head><body><header>Lindgrund Bicycles <span>Frames</span>
    <span>Workshop</span><span>Contact</span></header><main>
    <h1>Talk to somebody who rides.</h1>
    <p>Steel frames, made to measure by the river. Ask us anything, by whatever
    way you like best.</p>
    ${
    uuids.map((uuid) => `<contact-widget uuid="${uuid}"></contact-widget>`)
      .join("")
  }
    </main><script type="module" src="${service}/widget.js" async></script>
    </body></html>`;
}
