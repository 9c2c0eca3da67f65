import { deepEqual, equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import type { TestProfile } from "@/tests/support/browser.ts";
import { agentOf } from "@/tests/support/admin_client.ts";
import { forEachPage, type PageKind } from "@/tests/support/foreign_page.ts";
import { type Desk, type House, openHouse } from "@/tests/support/house.ts";
import { received, receives, watchPeers } from "@/tests/support/media.ts";

interface Stage extends AsyncDisposable {
  visitor: TestProfile;
  desk: Desk;
  house: House;
}

/** A visitor before the card of an agent whose desk is open. */
async function openStage(kind: PageKind = "plain"): Promise<Stage> {
  const house = await openHouse([], kind);
  const widget = await house.admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  const desk = await house.openDesk("ada", "Ada Lovelace");
  await watchPeers(desk.context);
  await desk.page.reload();
  const visitor = await house.browser.open({
    permissions: ["camera", "microphone"],
  });
  await watchPeers(visitor.context);
  await visitor.page.goto(house.website([widget.uuid]).origin);
  return {
    visitor,
    desk,
    house,
    [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
  };
}

async function call(
  page: Page,
  kind: "Call" | "Video call with",
): Promise<void> {
  await page.getByRole("button", { name: `${kind} Ada Lovelace` }).click();
}

function ringAt({ page }: Desk) {
  return page.getByRole("region", { name: /is calling/ });
}

function noErrors({ visitor, desk }: Stage): void {
  deepEqual([...visitor.errors, ...desk.errors], []);
}

forEachPage(
  "a voice call reaches the desk, is heard on both sides, and the visitor ends it",
  async (kind) => {
    await using stage = await openStage(kind);
    const { visitor: { page }, desk } = stage;

    await call(page, "Call");
    await ringAt(desk).waitFor();
    await page.getByText("Ringing…").waitFor();
    await ringAt(desk).getByRole("button", { name: "Answer" }).click();
    await page.getByRole("timer").waitFor();
    await received(page, "audio");
    await received(desk.page, "audio");
    const video = await receives(page, "video");
    const card = page.locator("contact-widget li.card");
    await card.getByText("Busy").waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Hang up" }).click();
    await page.getByText("The call has ended.").waitFor();
    await desk.page.getByRole("button", { name: "Hang up" })
      .waitFor({ state: "hidden" });
    await card.getByText("Available", { exact: true })
      .waitFor({ state: "attached" });

    equal(video, false);
    noErrors(stage);
  },
);

forEachPage(
  "a video call is seen and heard on both sides, and the agent ends it",
  async (kind) => {
    await using stage = await openStage(kind);
    const { visitor: { page }, desk } = stage;

    await call(page, "Video call with");
    await ringAt(desk).getByRole("button", { name: "Answer with video" })
      .click();
    await page.getByRole("timer").waitFor();
    for (const side of [page, desk.page]) {
      await received(side, "audio");
      await received(side, "video");
    }
    await page.getByLabel("Picture of Ada Lovelace").waitFor();
    await page.getByRole("button", { name: "Mute" }).click();
    await page.getByRole("button", { name: "Turn camera off" }).click();
    await page.getByRole("button", { name: "Turn camera on" }).waitFor();
    await desk.page.getByRole("button", { name: "Hang up" }).click();
    await page.getByText("The call has ended.").waitFor();

    noErrors(stage);
  },
);

forEachPage(
  "a video call that is answered with voice only is heard",
  async (kind) => {
    await using stage = await openStage(kind);
    const { visitor: { page }, desk } = stage;

    await call(page, "Video call with");
    await ringAt(desk).getByRole("button", { name: "Answer with voice" })
      .click();
    await page.getByRole("timer").waitFor();
    await received(page, "audio");
    await received(desk.page, "audio");
    await desk.page.getByRole("button", { name: "Hang up" }).click();
    await page.getByText("The call has ended.").waitFor();

    noErrors(stage);
  },
);

forEachPage(
  "a chat becomes a call under the same name, and goes on beside it",
  async (kind) => {
    await using stage = await openStage(kind);
    const { visitor: { page }, desk } = stage;
    await page.getByRole("button", { name: "Chat with Ada Lovelace" }).click();
    await page.getByRole("textbox", { name: "Your name" }).fill("Bob");
    await say(page, "May I call?");
    await desk.page.getByRole("button", { name: "Join chat" }).first().click();
    await say(desk.page, "Please do");

    const panel = page.getByRole("dialog");
    await panel.getByRole("button", { name: "Call Ada Lovelace" }).click();
    const ring = desk.page.getByRole("region", { name: "Bob is calling" });
    await ring.getByRole("button", { name: "Answer" }).click();
    await received(page, "audio");
    await panel.getByRole("button", { name: "Chat" }).click();
    await say(page, "I hear you");
    await desk.page.getByText("I hear you").first().waitFor();
    await panel.getByText("Please do").waitFor();
    await panel.getByRole("button", { name: "Hang up" }).click();
    await panel.getByText("I hear you").waitFor();

    noErrors(stage);
  },
);

forEachPage("a declined call says so", async (kind) => {
  await using stage = await openStage(kind);
  const { visitor: { page }, desk } = stage;

  await call(page, "Call");
  await ringAt(desk).getByRole("button", { name: "Decline" }).click();
  await page.getByText("Ada Lovelace cannot take the call right now.")
    .waitFor();

  noErrors(stage);
});

Deno.test("a call that nobody answers ends by itself and says so", async () => {
  await using stage = await openStage();
  const { visitor: { page }, desk } = stage;

  await call(page, "Call");
  await ringAt(desk).waitFor();
  await page.getByText("Ada Lovelace did not answer.")
    .waitFor({ timeout: 75_000 });
  await ringAt(desk).waitFor({ state: "hidden" });

  noErrors(stage);
});

forEachPage(
  "a visitor who closes the tab while it rings ends the call at the desk",
  async (kind) => {
    await using stage = await openStage(kind);
    const { visitor, desk } = stage;

    await call(visitor.page, "Call");
    await ringAt(desk).waitFor();
    await visitor.page.close();
    await ringAt(desk).waitFor({ state: "hidden", timeout: 5_000 });

    noErrors(stage);
  },
);

forEachPage(
  "a microphone that is not allowed is said in words, and nothing rings",
  async (kind) => {
    await using stage = await openStage(kind);
    const { house, desk } = stage;
    const { page, context, errors } = await house.browser.open();
    await context.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException("no", "NotAllowedError"));
    });
    await page.goto(stage.visitor.page.url());

    await call(page, "Call");
    await page.getByText("The browser may not use the microphone.").waitFor();

    equal(await ringAt(desk).count(), 0);
    deepEqual(errors, []);
  },
);

async function say(page: Page, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: "Message" });
  await field.fill(text);
  await field.press("Enter");
}
