import { equal, match } from "node:assert/strict";
import { agentOf } from "@/tests/support/admin_client.ts";
import { panelOf, save } from "@/tests/support/admin_pages.ts";
import { openProduct, signIn } from "@/tests/support/product.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";
import { WINDOWS } from "@/tests/support/widths.ts";

const NAME = "Our sidebar";
/** The shortest time that a widget can have, and a bit more. */
const WARNED = { timeout: 75_000 };

Deno.test("a chat in which nobody writes is warned on both sides after the time of the editor, and the agent keeps it", async () => {
  await using product = await openProduct();
  const { admin, browser, service } = product;
  const widget = await admin.addWidget("sidebar", (content) => {
    content.name = NAME;
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  const editor = await browser.open(WINDOWS[1280]);
  await signIn(editor.page, service.url, "admin");
  await editor.page.goto(`${service.url}/admin`);
  const panel = panelOf(editor.page, NAME);
  await press(panel.getByRole("button", { name: `${NAME} Sidebar` }));
  await press(panel.getByRole("tab", { name: "Texts and behaviour" }));
  await enter(panel.getByLabel("Close after"), "1");
  await enter(panel.getByLabel("Warn after"), "1");
  await press(panel.getByRole("button", { name: "Save" }));
  await seen(panel.getByText("This must be later than the warning."));
  await enter(panel.getByLabel("Close after"), "2");
  await save(panel);
  const desk = await product.openDesk("ada", "Ada Lovelace", WINDOWS[1280]);
  const { page, errors } = await browser.open(WINDOWS[390]);
  await page.goto(product.website([widget.uuid]).origin);
  await press(page.getByRole("button", { name: "How can we help?" }));
  await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");
  await press(
    desk.page.getByRole("region", { name: /wants to chat/ })
      .getByRole("button", { name: "Join chat" }),
  );

  const text = /This chat will close at .+ because nobody is writing\./;
  await seen(page.getByText(text), WARNED);
  await seen(desk.page.getByText(text));
  await press(desk.page.getByRole("button", { name: "Keep it open" }));
  await gone(page.getByText(text));
  await gone(desk.page.getByText(text));

  equal([...errors, ...desk.errors].join(), "");
  match(await page.getByRole("log").innerText(), /Hello/);
});
