import { deepEqual, equal } from "node:assert/strict";
import { openChat, openDesk, writeTo } from "@/tests/support/desk_scene.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";
import { AdminClient, PASSWORD } from "@/tests/support/admin_client.ts";
import { translate, untranslated } from "@/tests/support/translator.ts";

Deno.test("the desk still works when the browser translates it", async () => {
  await using open = await openDesk();
  const { page } = open;
  await translate(page);
  const visitors = [await open.visitor(), await open.visitor()];

  for (const [index, visitor] of visitors.entries()) {
    openChat(visitor);
    writeTo(visitor, "1", `from ${index}`);
    await press(page.locator(".desk-ring button").first());
    await gone(page.locator(".desk-ring"));
    writeTo(visitor, "2", `again ${index}`);
    await seen(page.getByRole("log").getByText(`again ${index}`));
  }
  await press(page.getByRole("radio", { name: "Away" }));
  await seen(page.getByText("«Away»"));

  deepEqual(await untranslated(page, ".desk-list h2"), ["Running 2"]);
  deepEqual(await untranslated(page, ".desk-presence-says"), [
    "AwayVisitors see you as away and cannot reach you.",
  ]);
  deepEqual(await untranslated(page, ".desk-item-preview"), [
    "again 1",
    "again 0",
  ]);
  equal(await page.locator(".desk-bubble font, .desk-item font").count(), 2);
  deepEqual(open.errors, []);
});

Deno.test("the widget editor still works when the browser translates it", async () => {
  await using open = await openDesk();
  const { page, service } = open;
  await press(
    page.getByRole("button", { name: "Account of Otto" }).or(
      page.locator(".menu-trigger"),
    ).first(),
  );
  await press(page.getByRole("button", { name: "Sign out" }));
  await enter(page.getByLabel("Sign-in name"), "admin");
  await enter(page.getByLabel("Password", { exact: true }), PASSWORD);
  await press(page.getByRole("button", { name: "Sign in" }));
  await page.waitForURL(`${service.url}/admin`);
  const admin = await AdminClient.signIn(service.url, "admin", PASSWORD);
  await admin.addWidget("cardset", (content) => content.name = "Empty");
  await page.reload();
  const panel = page.locator(`#widget-${open.uuid}`);
  await press(panel.locator(".widget-toggle"));
  await translate(page);

  await press(panel.getByRole("button", { name: /^Remove/ }).first());
  await seen(panel.locator(".widget-meta").getByText("no agents yet"));

  deepEqual(await untranslated(page, `#widget-${open.uuid} .widget-meta`), [
    "Cardset · no agents yet",
  ]);
  deepEqual(open.errors, []);
});
