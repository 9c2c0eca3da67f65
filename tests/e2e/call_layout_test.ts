import { deepEqual, ok } from "node:assert/strict";
import type { Locator } from "playwright-core";
import { AgentPage } from "@/tests/support/agent_page.ts";
import { press, reach, seen } from "@/tests/support/seen.ts";
import { info } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";

const ada = info({ id: "ada", dn: "Ada" });

/** Desktop, phones upright, and phones on their side. */
const WINDOWS = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
  { width: 320, height: 568 },
  { width: 844, height: 390 },
  { width: 568, height: 320 },
];

/** A finger or a mouse hits it where it was. */
async function placeOf(button: Locator): Promise<number[]> {
  const box = await button.boundingBox();
  if (box === null) throw new Error("It is not drawn");
  return [box.x, box.y, box.width, box.height].map(Math.round);
}

for (const viewport of WINDOWS) {
  const size = `${viewport.width} x ${viewport.height}`;

  Deno.test(`Hang up stays in view throughout a video call, and doesn't move when it is answered (${size})`, async () => {
    await using shown = await openWidgetPage({
      service: { infos: [ada] },
      viewport,
    });
    const { page, service, profile, url } = shown;
    const button = (name: string) => page.getByRole("button", { name });
    const hangUp = button("Hang up");
    await press(button("Video call with Ada"));
    const offer = await service.once("Channels");
    await seen(hangUp);
    service.say({ mt: "CallInfo", state: "alerting" });
    await seen(page.getByText("Ringing"));
    await seen(hangUp);
    const before = await placeOf(hangUp);

    const agentPage = await profile.context.newPage();
    await agentPage.goto(`${url}/agent`);
    const agent = new AgentPage(agentPage);
    const sdp = await agent.answer("sdp" in offer ? offer.sdp : "", true);
    await page.bringToFront();
    service.say({ mt: "CallInfo", state: "connected", cmd: "SELECT", sdp });
    await seen(button("Full screen"));
    await seen(button("Mute"));
    await seen(hangUp);
    deepEqual(await placeOf(hangUp), before);

    for (const sheet of ["Keypad", "Microphone, camera, speaker"]) {
      await press(button(sheet));
      const group = page.getByRole("group", { name: sheet });
      const inside = group.locator("button, select, meter");
      await reach(inside.first());
      await reach(inside.last());
      await seen(hangUp);
      deepEqual(await placeOf(hangUp), before, sheet);
    }
    const panel = await page.getByRole("dialog").boundingBox();
    ok(panel !== null && panel.y >= 0, "the panel fits into the window");
    await press(hangUp);
    await seen(page.getByText("The call has ended."));
    await seen(button("Call again"));
  });
}
