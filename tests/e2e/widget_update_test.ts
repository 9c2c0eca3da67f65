import { Buffer } from "node:buffer";
import { equal } from "node:assert/strict";
import { OldWidgetFiles } from "@/lib/port/old_widget_files.ts";
import { WidgetFiles } from "@/lib/port/widget_files.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { enter, press, seen } from "@/tests/support/seen.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { info } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";
import { buildWidget } from "@/widget/build.ts";

const ada = info({ id: "ada", dn: "Ada" });
const CHUNK = /\/mod-[A-Z0-9]{8}\.js$/;

Deno.test("a page from before an update can still chat because its chunks are kept", async () => {
  using store = await memoryStore();
  const shared = { store: store.widgetFiles, clock: new FakeClock() };
  const folder = await Deno.makeTempDir();
  await buildWidget(folder);
  const files = await WidgetFiles.read(new URL(`file://${folder}/`));
  await using before = new OldWidgetFiles(files, shared);
  await before.keep();
  // The version after it has none of these files.
  await Deno.remove(folder, { recursive: true });
  await using shown = await openWidgetPage({ service: { infos: [ada] } });
  const { page, service } = shown;
  let asked = 0;
  await page.route(CHUNK, async (route) => {
    asked++;
    const { pathname } = new URL(route.request().url());
    const answer = await before.answer({
      method: "GET",
      url: pathname,
      headers: {},
    });
    if (answer?.body === undefined) return await route.fulfill({ status: 404 });
    const { body, headers, status } = answer;
    await route.fulfill({ status, headers, body: Buffer.from(body) });
  });
  await press(page.getByRole("button", { name: "Chat with Ada" }));
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");

  equal((await service.once("ChatMessage")).text, "Hello");
  equal(asked, 1);
});

Deno.test("a page that is too old for its chunks asks for a reload, and one without a network says so", async () => {
  await using shown = await openWidgetPage({ service: { infos: [ada] } });
  const { page, service, profile } = shown;
  await page.route(CHUNK, (route) => route.fulfill({ status: 404 }));
  const chat = page.getByRole("button", { name: "Chat with Ada" });

  await press(chat);
  await seen(page.getByText("This page is out of date. Please reload it."));
  service.silent = true;
  service.cut();
  await service.once("Start", 2);
  await press(chat);
  await seen(page.getByText("The connection was lost. Reconnecting…"));
  await page.unroute(CHUNK);
  await page.reload();
  service.speak();
  await press(chat);
  await seen(page.getByRole("textbox", { name: "Message" }));
  profile.errors.splice(0); // Chromium's own lines about what was not there.
});
