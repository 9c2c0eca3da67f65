import { deepEqual } from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { agentOf } from "@/tests/support/admin_client.ts";
import { openFirefox } from "@/tests/support/firefox.ts";
import { openProduct } from "@/tests/support/product.ts";
import { received, watchPeers } from "@/tests/support/media.ts";
import { enter, press, seen } from "@/tests/support/seen.ts";

// The visitor sits before Firefox, the agent before Chromium.

Deno.test("Firefox: cards, presence, a chat both ways and a call", async (t) => {
  await using product = await openProduct([], "hostile");
  const widget = await product.admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  await using firefox = await openFirefox();
  const { page, errors } = firefox;
  // Elements of the widget: by how their label begins, and by their text.
  const labelled = (label: string) => ({
    page,
    selector: `contact-widget >>> [aria-label^="${label}"]`,
  });
  const text = (words: string) => ({ page, selector: `::-p-text(${words})` });
  await page.evaluateOnNewDocument(keepPeers);

  await t.step("it shows the cards under the strictest policy", async () => {
    await page.goto(product.website([widget.uuid]).origin);
    await seen(text("Not available"));
  });

  const desk = await product.openDesk("ada", "Ada Lovelace");
  await watchPeers(desk.context);
  await desk.page.reload();

  await t.step("it shows live presence", async () => {
    await seen(text("Available"));
    await press(desk.page.getByRole("radio", { name: "Away" }));
    await seen(text("Away"));
    await press(desk.page.getByRole("radio", { name: "Online" }));
    await seen(text("Available"));
  });

  await t.step("it chats in both directions", async () => {
    await page.evaluate(() => {
      for (const type of ["keydown", "keypress", "keyup"]) {
        document.addEventListener(type, () => console.error(`heard ${type}`));
      }
    });
    await press(labelled("Chat with Ada Lovelace"));
    await enter(labelled("Your name"), "Bob");
    await enter(labelled("Message"), "Hello");
    await page.keyboard.press("Enter");
    await press(desk.page.getByRole("button", { name: "Join chat" }).first());
    await seen(text("Ada Lovelace has joined."));
    const field = desk.page.getByRole("textbox", { name: "Message" });
    await field.pressSequentially("Good");
    await seen(text("is typing"));
    await enter(field, "Good morning");
    await field.press("Enter");
    await seen(text("Good morning"));
    await seen(
      desk.page.getByText("Hello").filter({ visible: true }).first(),
    );
  });

  await t.step(
    "a call has audio on both sides, and the visitor hangs up",
    async () => {
      await press(labelled("Call Ada Lovelace"));
      const ring = desk.page.getByRole("region", { name: "Bob is calling" });
      await press(ring.getByRole("button", { name: "Answer" }));
      await seen(text("Connected"));
      await received(desk.page, "audio");
      await hears(page, "audio");
      await press(labelled("Hang up"));
      await seen(text("The call has ended."));
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
