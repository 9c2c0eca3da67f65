import { deepEqual } from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { agentOf } from "@/tests/support/admin_client.ts";
import { openFirefox } from "@/tests/support/firefox.ts";
import { openHouse } from "@/tests/support/house.ts";
import { received, watchPeers } from "@/tests/support/media.ts";

// The visitor sits before Firefox, the agent before Chromium.

/** Elements of the widget: by how their label begins, and by their text. */
const labelled = (label: string) =>
  `contact-widget >>> [aria-label^="${label}"]`;
const text = (words: string) => `::-p-text(${words})`;

Deno.test("Firefox: cards, presence, a chat both ways and a call", async (t) => {
  await using house = await openHouse([], "hostile");
  const widget = await house.admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  await using firefox = await openFirefox();
  const { page, errors } = firefox;
  await page.evaluateOnNewDocument(keepPeers);

  await t.step("it shows the cards, under the strictest policy", async () => {
    await page.goto(house.website([widget.uuid]).origin);
    await page.waitForSelector(text("Not available"));
  });

  const desk = await house.openDesk("ada", "Ada Lovelace");
  await watchPeers(desk.context);
  await desk.page.reload();

  await t.step("it shows who is there, live", async () => {
    await page.waitForSelector(text("Available"));
    await desk.page.getByRole("radio", { name: "Away" }).check();
    await page.waitForSelector(text("Away"));
    await desk.page.getByRole("radio", { name: "Online" }).check();
    await page.waitForSelector(text("Available"));
  });

  await t.step("it chats, both ways", async () => {
    await page.locator(labelled("Chat with Ada Lovelace")).click();
    await page.locator(labelled("Your name")).fill("Bob");
    await page.locator(labelled("Message")).fill("Hello");
    await page.keyboard.press("Enter");
    await desk.page.getByRole("button", { name: "Join chat" }).first().click();
    await page.waitForSelector(text("Ada Lovelace has joined."));
    const field = desk.page.getByRole("textbox", { name: "Message" });
    await field.pressSequentially("Good");
    await page.waitForSelector(text("is writing"));
    await field.fill("Good morning");
    await field.press("Enter");
    await page.waitForSelector(text("Good morning"));
    await desk.page.getByText("Hello").first().waitFor();
  });

  await t.step(
    "it calls: sound comes on both sides, and the visitor hangs up",
    async () => {
      await page.locator(labelled("Call Ada Lovelace")).click();
      const ring = desk.page.getByRole("region", { name: "Bob is calling" });
      await ring.getByRole("button", { name: "Answer" }).click();
      await page.waitForSelector(text("Connected"));
      await received(desk.page, "audio");
      await hears(page, "audio");
      await page.locator(labelled("Hang up")).click();
      await page.waitForSelector(text("The call has ended."));
    },
  );

  deepEqual([...errors, ...desk.errors], []);
});

function keepPeers(): void {
  const peers: RTCPeerConnection[] = [];
  class Watched extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      peers.push(this);
    }
  }
  Object.assign(globalThis, { peers, RTCPeerConnection: Watched });
}

/** Resolves when Firefox receives more than 50 packets of a kind. */
async function hears(page: Page, kind: string): Promise<void> {
  await page.waitForFunction(
    async (kind: string) => {
      const { peers } = globalThis as unknown as { peers: RTCPeerConnection[] };
      for (const report of (await peers.at(-1)!.getStats()).values()) {
        if (report.type !== "inbound-rtp" || report.kind !== kind) continue;
        return report.packetsReceived > 50;
      }
      return false;
    },
    { polling: 100 },
    kind,
  );
}
