import { deepEqual, equal, match } from "node:assert/strict";
import { checkAccess } from "@/tests/support/axe.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";
import {
  openChat,
  openDesk,
  presences,
  secondTab,
  soundsOf,
  TITLE,
  writeTo,
} from "@/tests/support/desk_scene.ts";

Deno.test("visitors see the agent's chosen presence, and offline when the page is closed", async () => {
  await using open = await openDesk();
  const visitor = await open.visitor();

  await press(open.page.getByRole("radio", { name: "Away" }));
  await visitor.heard.until(() => presences(visitor).at(-1) === "away");
  await press(open.page.getByRole("button", { name: "Go online" }));
  await visitor.heard.until(() => presences(visitor).at(-1) === "online");
  await open.page.close();
  await visitor.heard.until(() => presences(visitor).at(-1) === "offline");

  deepEqual(presences(visitor), ["online", "away", "online", "offline"]);
  deepEqual(open.errors, []);
});

Deno.test("a chat rings in one of two tabs, and survives a reload", async () => {
  await using open = await openDesk();
  const { page, context, service } = open;
  const other = await secondTab(context, service.url);
  await press(other.getByText("All quiet"));
  await page.bringToFront();
  const visitor = await open.visitor();

  openChat(visitor);
  writeTo(visitor, "1", "Do you ship <b>today</b>? https://example.com/s");
  const ring = page.getByRole("region", { name: "Ada wants to chat" });
  await seen(ring.getByText(TITLE));
  const title = await page.title();
  const rang = await soundsOf(page) + await soundsOf(other);
  await press(ring.getByRole("button", { name: "Join chat" }));
  await visitor.heard.until((m) =>
    m.mt === "ChatInfo" && m.state === "connected"
  );
  await gone(other.getByRole("region", { name: "Ada wants to chat" }));
  await enter(page.getByRole("textbox", { name: "Message" }), "Yes");
  await page.keyboard.press("Enter");
  await visitor.heard.until((m) => m.mt === "ChatMessage" && m.text === "Yes");
  await other.close();
  await page.reload();
  await press(page.getByRole("button", { name: "Ada" }));
  writeTo(visitor, "2", "Thank you");
  await seen(page.getByRole("log").getByText("Thank you"));

  equal(title, "(1) Desk");
  equal(rang, 1);
  deepEqual(await page.getByRole("log").locator("p[dir]").allTextContents(), [
    "Do you ship <b>today</b>? https://example.com/s",
    "Yes",
    "Thank you",
  ]);
  const link = page.getByRole("log").getByRole("link");
  equal(await link.getAttribute("href"), "https://example.com/s");
  match(await link.getAttribute("rel") ?? "", /noopener/);
  deepEqual(open.errors, []);
});

Deno.test("the desk is accessible: empty, ringing, in a chat, on a phone", async () => {
  await using open = await openDesk();
  const { page } = open;
  await page.emulateMedia({ reducedMotion: "reduce" }); // No colour in between.
  const visitor = await open.visitor();

  await checkAccess(page);
  openChat(visitor);
  writeTo(visitor, "1", "Hello");
  await seen(page.getByRole("button", { name: "Join chat" }));
  await checkAccess(page);
  await press(page.getByRole("button", { name: "Join chat" }));
  await seen(page.getByRole("textbox", { name: "Message" }));
  await checkAccess(page);
  await page.setViewportSize({ width: 390, height: 800 });
  await page.emulateMedia({ colorScheme: "dark" });
  await checkAccess(page);
  await press(page.getByRole("button", { name: "Back to the list" }));
  await seen(page.getByRole("button", { name: "Ada" }));
  await checkAccess(page);

  equal(
    await page.evaluate("document.activeElement.id.slice(0, 9)"),
    "desk-item",
  );
  deepEqual(open.errors, []);
});
