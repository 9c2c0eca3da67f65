import { deepEqual, equal, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { agentOf } from "@/tests/support/admin_client.ts";
import {
  countDeviceRequests,
  deviceRequests,
  longestGap,
  watchGaps,
} from "@/tests/support/audio_gap.ts";
import type { TestProfile } from "@/tests/support/browser.ts";
import { plays, received, watchPeers } from "@/tests/support/media.ts";
import { openProduct, type Product } from "@/tests/support/product.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";
import { type Width, WINDOWS } from "@/tests/support/widths.ts";

/** Audio has 50 packets per second, so a second without one is a pause. */
const SILENCE_MAX_MS = 1_000;

interface Stage extends AsyncDisposable {
  product: Product;
  visitor: TestProfile;
  ada: Page;
  ben: Page;
  errors(): string[];
}

/** A visitor before Ada's card, and the desks of Ada and Ben. */
async function openStage(width: Width): Promise<Stage> {
  const product = await openProduct([]);
  const widget = await product.admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  const desks = [
    await product.openDesk("ada", "Ada Lovelace"),
    await product.openDesk("ben", "Ben Bell"),
  ];
  for (const { page } of desks) {
    await page.setViewportSize(WINDOWS[width].viewport);
  }
  const visitor = await product.browser.open({
    ...WINDOWS[width],
    permissions: ["camera", "microphone"],
  });
  await watchPeers(visitor.context);
  await countDeviceRequests(visitor.context);
  await visitor.page.goto(product.website([widget.uuid]).origin);
  const [ada, ben] = desks.map(({ page }) => page);
  if (!ada || !ben) throw new Error("A desk is missing");
  return {
    ...{ product, visitor, ada, ben },
    errors: () => [...visitor.errors, ...desks.flatMap(({ errors }) => errors)],
    [Symbol.asyncDispose]: () => product[Symbol.asyncDispose](),
  };
}

const button = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true });

/** Calls Ada, who answers. */
async function connect(
  { visitor: { page }, ada }: Stage,
  names: { call: string; answer: string },
): Promise<void> {
  await press(button(page, `${names.call} Ada Lovelace`));
  const ring = ada.getByRole("region", { name: /is calling/ });
  await press(ring.getByRole("button", { name: names.answer }));
  await seen(page.getByRole("timer"));
  await received(page, "audio");
}

async function handOver(from: Page, note: string): Promise<void> {
  await press(button(from, "Hand over").first());
  await press(from.getByRole("radio", { name: /Ben Bell/ }));
  await enter(from.getByRole("textbox", { name: /Note/ }), note);
  await press(button(from, "Hand over").last());
  await seen(from.getByText("Waiting for Ben Bell to accept."));
}

const ringAt = (page: Page) =>
  page.getByRole("region", { name: /^Ada Lovelace hands over the call with/ });

/** Checks that the visitor hears somebody all the time, and was asked once. */
async function heard({ visitor: { page } }: Stage): Promise<void> {
  const { silentMs, looks } = await longestGap(page);
  const found = `${silentMs.toFixed()} ms silent, ${looks} looks`;
  console.log(found);
  ok(looks > 10 && silentMs <= SILENCE_MAX_MS, found);
  equal(await deviceRequests(page), 1);
}

Deno.test("[CALL23] [D51] a call is handed over to a colleague who first declines, and the visitor hears no pause and is asked nothing", async () => {
  await using stage = await openStage(1280);
  const { visitor: { page }, ada, ben } = stage;
  await connect(stage, { call: "Call", answer: "Answer" });
  await watchGaps(page);

  await handOver(ada, "Knows the order");
  await seen(ringAt(ben).getByText("Knows the order"));
  await press(ringAt(ben).getByRole("button", { name: "Decline" }));
  await seen(ada.getByText("Ben Bell declined the call. You still have it."));
  await press(button(ada, "OK"));
  await seen(page.getByText("Ada Lovelace").last());

  await handOver(ada, "VIP");
  await press(ringAt(ben).getByRole("button", { name: "Answer" }));
  await seen(ada.getByText("You handed this call over to Ben Bell."));
  await gone(button(ada, "Hang up"));
  await seen(page.getByText("Ben Bell").last());
  await seen(ben.getByText("Ada Lovelace handed this call over to you."));
  await seen(ben.getByText("Connected", { exact: true }));
  await received(page, "audio");
  await heard(stage);

  await press(button(ben, "Hold"));
  await seen(page.getByText("Ben Bell has put the call on hold."));
  await press(button(ben, "Resume"));
  await gone(page.getByText("Ben Bell has put the call on hold."));
  await press(button(page, "Hang up"));
  await gone(button(ben, "Hang up"));
  await seen(page.getByText("The call has ended."));
  deepEqual(stage.errors(), []);
});

Deno.test("[CALL23] [D51] a video call is handed over, and both sides turn their cameras on afterwards", async () => {
  await using stage = await openStage(390);
  const { visitor: { page }, ada, ben } = stage;
  await connect(stage, {
    call: "Video call with",
    answer: "Answer with voice",
  });
  await press(button(page, "Turn camera off"));
  await seen(button(page, "Turn camera on"));
  await watchGaps(page);

  await handOver(ada, "VIP");
  await press(ringAt(ben).getByRole("button", { name: "Answer with voice" }));
  await seen(ada.getByText("You handed this call over to Ben Bell."));
  await seen(ben.getByText("Connected", { exact: true }));
  await received(page, "audio");
  await heard(stage);
  await press(button(ben, "Camera"));
  await plays(page);
  await press(button(page, "Turn camera on"));
  await seen(button(page, "Turn camera off"));
  await ben.waitForSelector('.desk-stage[data-video="true"]');
  await press(button(ben, "Hang up"));
  await seen(page.getByText("The call has ended."));

  deepEqual(stage.errors(), []);
});
