import { deepEqual, equal, ok } from "node:assert/strict";
import { enter, press, reach } from "@/tests/support/seen.ts";
import { info } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";

const ada = info({ id: "ada", dn: "Ada Lovelace", department: "Sales" });

Deno.test("a duplicated tab leaves the chat to the first one", async () => {
  await using shown = await openWidgetPage({ service: { infos: [ada] } });
  const { page, profile, service, url } = shown;
  await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");
  await service.once("ChatMessage");
  const copy = await page.evaluate(() => ({ ...sessionStorage }));

  const twin = await profile.context.newPage();
  await twin.addInitScript((copy) => Object.assign(sessionStorage, copy), copy);
  await twin.goto(`${url}/twin`);
  const second = await service.once("Start", 2);

  equal(second.resume, undefined);
  equal(await page.getByText("Hello").count(), 1);
});

Deno.test("at 400 % zoom nothing is cut off or scrolls sideways", async () => {
  await using shown = await openWidgetPage({
    service: {
      infos: [{ ...ada, dn: "Konrad-Maximilian Hinterwald-Obermeister" }],
    },
    viewport: { width: 320, height: 256 },
  });
  const { page } = shown;
  await press(page.getByRole("button", { name: "Chat with" }));
  await reach(page.getByRole("textbox", { name: "Message" }));

  const [page0, panel] = await page.evaluate(() => {
    const root = document.querySelector("contact-widget")?.shadowRoot;
    const dialog = root?.querySelector("[role=dialog]");
    return [document.documentElement, dialog].map((element) =>
      (element?.scrollWidth ?? 999) - (element?.clientWidth ?? 0)
    );
  });
  const button = page.getByRole("button", { name: "Send" });
  await button.scrollIntoViewIfNeeded();
  const send = await button.boundingBox();

  deepEqual([page0, panel], [0, 0]);
  ok(send !== null && send.y + send.height <= 256, JSON.stringify(send));
});
