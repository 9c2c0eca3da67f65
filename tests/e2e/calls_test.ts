import { deepEqual, equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import type { TestProfile } from "@/tests/support/browser.ts";
import { agentOf } from "@/tests/support/admin_client.ts";
import { forEachPage, type PageKind } from "@/tests/support/foreign_page.ts";
import {
  type Desk,
  openProduct,
  type Product,
} from "@/tests/support/product.ts";
import { received, receives, watchPeers } from "@/tests/support/media.ts";
import { announced, enter, gone, press, seen } from "@/tests/support/seen.ts";

interface Stage extends AsyncDisposable {
  visitor: TestProfile;
  desk: Desk;
  product: Product;
}

/** A visitor before the card of an agent whose desk is open. */
async function openStage(kind: PageKind = "plain"): Promise<Stage> {
  const product = await openProduct([], kind);
  const widget = await product.admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  const desk = await product.openDesk("ada", "Ada Lovelace");
  await watchPeers(desk.context);
  await desk.page.reload();
  const visitor = await product.browser.open({
    permissions: ["camera", "microphone"],
  });
  await watchPeers(visitor.context);
  await visitor.page.goto(product.website([widget.uuid]).origin);
  return {
    visitor,
    desk,
    product,
    [Symbol.asyncDispose]: () => product[Symbol.asyncDispose](),
  };
}

async function call(
  page: Page,
  kind: "Call" | "Video call with",
): Promise<void> {
  await press(page.getByRole("button", { name: `${kind} Ada Lovelace` }));
}

function ringAt({ page }: Desk) {
  return page.getByRole("region", { name: /is calling/ });
}

function noErrors({ visitor, desk }: Stage): void {
  deepEqual([...visitor.errors, ...desk.errors], []);
}

forEachPage(
  "a voice call reaches the desk and is heard on both sides, and the visitor hangs up",
  async (kind) => {
    await using stage = await openStage(kind);
    const { visitor: { page }, desk } = stage;

    await call(page, "Call");
    await seen(ringAt(desk));
    await seen(page.getByText("Ringing…"));
    await press(ringAt(desk).getByRole("button", { name: "Answer" }));
    await seen(page.getByRole("timer"));
    await received(page, "audio");
    await received(desk.page, "audio");
    const video = await receives(page, "video");
    await press(page.getByRole("button", { name: "Keypad" }));
    await press(page.getByRole("button", { name: "5", exact: true }));
    await seen(desk.page.getByText("Keys pressed: 5"));
    const card = page.locator("contact-widget li.card");
    await announced(card.getByText("Busy"));
    await press(page.getByRole("button", { name: "Hang up" }));
    await seen(page.getByText("The call has ended."));
    await gone(desk.page.getByRole("button", { name: "Hang up" }));
    await announced(card.getByText("Available", { exact: true }));

    equal(video, false);
    noErrors(stage);
  },
);

forEachPage(
  "a video call is seen and heard on both sides, and the agent hangs up",
  async (kind) => {
    await using stage = await openStage(kind);
    const { visitor: { page }, desk } = stage;

    await call(page, "Video call with");
    await press(
      ringAt(desk).getByRole("button", { name: "Answer with video" }),
    );
    await seen(page.getByRole("timer"));
    for (const side of [page, desk.page]) {
      await received(side, "audio");
      await received(side, "video");
      // An iPhone shows any other video over the whole screen.
      const videos = side.locator("video");
      await seen(videos.first());
      deepEqual(
        await videos.evaluateAll((all) =>
          all.filter((video) => !video.hasAttribute("playsinline")).length
        ),
        0,
      );
    }
    await seen(page.getByLabel("Video of Ada Lovelace"));
    await press(page.getByRole("button", { name: "Mute" }));
    await press(page.getByRole("button", { name: "Turn camera off" }));
    await seen(page.getByRole("button", { name: "Turn camera on" }));
    await press(desk.page.getByRole("button", { name: "Hang up" }));
    await seen(page.getByText("The call has ended."));

    noErrors(stage);
  },
);

forEachPage(
  "a video call answered with voice only has audio",
  async (kind) => {
    await using stage = await openStage(kind);
    const { visitor: { page }, desk } = stage;

    await call(page, "Video call with");
    await press(
      ringAt(desk).getByRole("button", { name: "Answer with voice" }),
    );
    await seen(page.getByRole("timer"));
    await received(page, "audio");
    await received(desk.page, "audio");
    await press(desk.page.getByRole("button", { name: "Hang up" }));
    await seen(page.getByText("The call has ended."));

    noErrors(stage);
  },
);

forEachPage(
  "a call started from a chat has the same name, and the chat continues",
  async (kind) => {
    await using stage = await openStage(kind);
    const { visitor: { page }, desk } = stage;
    await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
    await enter(page.getByRole("textbox", { name: "Your name" }), "Bob");
    await say(page, "May I call?");
    await press(desk.page.getByRole("button", { name: "Join chat" }).first());
    await say(desk.page, "Please do");

    const panel = page.getByRole("dialog");
    await press(panel.getByRole("button", { name: "Call Ada Lovelace" }));
    const ring = desk.page.getByRole("region", { name: "Bob is calling" });
    await press(ring.getByRole("button", { name: "Answer" }));
    await received(page, "audio");
    await press(panel.getByRole("button", { name: "Chat" }));
    await say(page, "I hear you");
    // On a phone, the desk shows the call or the list.
    const back = desk.page.getByRole("button", { name: "Back to the list" });
    if (await back.isVisible()) await press(back);
    await seen(
      desk.page.getByText("I hear you").filter({ visible: true }).first(),
    );
    await seen(panel.getByText("Please do"));
    await press(panel.getByRole("button", { name: "Hang up" }));
    await seen(panel.getByText("I hear you"));

    noErrors(stage);
  },
);

forEachPage("a declined call says so", async (kind) => {
  await using stage = await openStage(kind);
  const { visitor: { page }, desk } = stage;

  await call(page, "Call");
  await press(ringAt(desk).getByRole("button", { name: "Decline" }));
  await seen(page.getByText("Ada Lovelace cannot take the call right now."));

  noErrors(stage);
});

Deno.test("an unanswered call ends automatically and says so", async () => {
  await using stage = await openStage();
  const { visitor: { page }, desk } = stage;

  await call(page, "Call");
  await seen(ringAt(desk));
  await seen(page.getByText("Ada Lovelace did not answer."), {
    timeout: 75_000,
  });
  await gone(ringAt(desk));

  noErrors(stage);
});

forEachPage(
  "closing the visitor's tab while it rings ends the call at the desk",
  async (kind) => {
    await using stage = await openStage(kind);
    const { visitor, desk } = stage;

    await call(visitor.page, "Call");
    await seen(ringAt(desk));
    await visitor.page.close();
    await gone(ringAt(desk), { timeout: 5_000 });

    noErrors(stage);
  },
);

forEachPage(
  "a denied microphone is explained, and nothing rings",
  async (kind) => {
    await using stage = await openStage(kind);
    const { product, desk } = stage;
    const { page, context, errors } = await product.browser.open();
    await context.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException("no", "NotAllowedError"));
    });
    await page.goto(stage.visitor.page.url());

    await call(page, "Call");
    await seen(page.getByText("The browser blocks the microphone."));

    equal(await ringAt(desk).count(), 0);
    deepEqual(errors, []);
  },
);

async function say(page: Page, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: "Message" });
  await enter(field, text);
  await field.press("Enter");
}
