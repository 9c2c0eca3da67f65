import { equal, match } from "node:assert/strict";
import { checkAccess } from "../support/axe.ts";
import { setUp } from "../support/admin_pages.ts";
import { openBrowser } from "../support/browser.ts";
import { startService } from "../support/service.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";

Deno.test("an administrator creates a token, which a program uses until it is revoked", async () => {
  await using service = await startService();
  await using browser = await openBrowser();
  const { page } = await browser.open({ reducedMotion: "reduce" });
  await setUp(page, service);
  const dialog = page.getByRole("dialog");
  const use = async (text: string) => {
    const headers = { authorization: `Bearer ${text}` };
    const response = await fetch(`${service.url}/api/v1/widgets`, { headers });
    await response.body?.cancel();
    return response.status;
  };

  await page.goto(`${service.url}/admin/people`);
  await press(page.getByRole("link", { name: "API tokens" }));
  await seen(page.getByText("No tokens"));
  await checkAccess(page);
  await press(page.getByRole("button", { name: "Create token" }));
  const create = dialog.getByRole("button", { name: "Create token" });
  await press(create);
  await seen(dialog.getByText("Choose at least one permission."));
  await enter(dialog.getByRole("textbox", { name: "Name" }), "CRM");
  await press(dialog.getByText("Read widgets"));
  await checkAccess(page);
  await press(create);
  const shown = page.getByRole("region", { name: "Token CRM" });
  await seen(shown);
  const text = (await shown.textContent() ?? "").trim();
  await checkAccess(page);
  const before = await use(text);
  await page.reload();
  await seen(page.getByText("Last used"));
  equal(await shown.count(), 0);
  await press(page.getByRole("button", { name: "Revoke CRM" }));
  await press(dialog.getByRole("button", { name: "Revoke token" }));
  await gone(dialog);
  await seen(page.getByText("CRM was revoked."));
  await seen(page.getByText("No tokens"));

  match(text, /^cwt_/);
  equal(before, 200);
  equal(await use(text), 401);
});
