import { deepEqual, equal } from "node:assert/strict";
import { openBrowser } from "@/tests/support/browser.ts";
import { FakeService } from "@/tests/support/fake_service.ts";
import { htmlPage } from "@/tests/support/product.ts";
import { enter, press, seen } from "@/tests/support/seen.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { serveWebsite } from "@/tests/support/website.ts";

Deno.test("a chat works on a page without TLS, where browsers have fewer features", async () => {
  await using service = await FakeService.open({
    session: session({}, { proof: true }),
    infos: [info({ id: "ada", dn: "Ada Lovelace" })],
  });
  await using site = serveWebsite(() => htmlPage(service.tags()));
  await using browser = await openBrowser([
    "--host-resolver-rules=MAP shop.example 127.0.0.1",
  ]);
  const { page, errors } = await browser.open();
  await page.goto(site.origin.replace("127.0.0.1", "shop.example"));

  await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
  const seed = "000102030405060708090a0b0c0d0e0f";
  await service.once("GetChallenge");
  service.say({ mt: "Challenge", seed, bits: 12, count: 3 });
  const { nonces } = await service.once("Proof");
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");
  const { id, text } = await service.once("ChatMessage");
  await seen(page.getByText("Sent"));
  await enter(page.getByRole("textbox", { name: "Message" }), "Again");
  await page.keyboard.press("Enter");
  const second = await service.once("ChatMessage", 2);

  equal(await page.evaluate(() => isSecureContext), false);
  deepEqual(nonces, [631, 11_527, 1_945]); // As in puzzle_test.ts.
  equal(text, "Hello");
  equal(second.id === id, false);
  deepEqual(errors, []);
});
