import { deepEqual, equal, match, ok } from "node:assert/strict";
import { checkAccess } from "../support/axe.ts";
import {
  AdminClient,
  FIRST_PASSWORD,
  PASSWORD,
} from "../support/admin_client.ts";
import { panelOf, setUp, signInFirst } from "../support/admin_pages.ts";
import { openBrowser } from "../support/browser.ts";
import { startService } from "../support/service.ts";
import { enter, gone, press, reach, seen } from "@/tests/support/seen.ts";

Deno.test("every admin page is accessible, light and dark", async (t) => {
  await using service = await startService();
  await using browser = await openBrowser();
  const { page, errors } = await browser.open({ reducedMotion: "reduce" });
  await page.goto(service.setupUrl ?? "");
  await t.step("set-up", () => checkAccess(page));
  await setUp(page, service);

  for (const theme of ["Light", "Dark"]) {
    await t.step(`widgets and all parts of the editor, ${theme}`, async () => {
      await page.goto(`${service.url}/admin`);
      await press(page.locator(".menu-trigger"));
      await press(page.getByRole("button", { name: theme }));
      await checkAccess(page);
      await page.keyboard.press("Escape");
      await press(page.getByRole("button", { name: /Sidebar ·/ }));
      for (const tab of await page.getByRole("tab").all()) {
        await press(tab);
        await checkAccess(page);
      }
    });

    await t.step(`dialogs, ${theme}`, async () => {
      const panel = panelOf(page, "Example sidebar");
      await press(panel.getByRole("tab", { name: "Agents" }));
      for (
        const name of ["Add agent", "Code", "Earlier", "Delete Example sidebar"]
      ) {
        await press(panel.getByRole("button", { name }));
        await seen(page.getByRole("dialog"));
        await checkAccess(page);
        await page.keyboard.press("Escape");
        await gone(page.getByRole("dialog"));
        const focused = page.locator(":focus");
        equal(await focused.count(), 1, `the focus is lost after ${name}`);
      }
    });

    await t.step(`changes, people and previews, ${theme}`, async () => {
      const colorScheme = theme === "Dark" ? "dark" : "light";
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(`${service.url}/admin/audit`);
      await checkAccess(page);
      await page.goto(`${service.url}/admin/people`);
      await checkAccess(page);
      await press(page.getByRole("button", { name: "Add person" }));
      await checkAccess(page);
      for (const preview of [...service.previews, `${service.url}/nowhere`]) {
        await page.goto(preview);
        await page.waitForLoadState("networkidle");
        await checkAccess(page);
      }
    });
  }

  // The 404 above, and the 410 of a link that is used; nothing else.
  deepEqual(errors.filter((text) => !/40[4]|410/.test(text)), []);
});

Deno.test("people are added, changed and deleted", async (t) => {
  await using service = await startService();
  await using browser = await openBrowser();
  const { page } = await browser.open();
  await setUp(page, service);
  await page.goto(`${service.url}/admin/people`);
  const dialog = page.getByRole("dialog");

  await t.step(
    "a new person signs in and sees only their own pages",
    async () => {
      await press(page.getByRole("button", { name: "Add person" }));
      await enter(dialog.getByLabel("Name", { exact: true }), "Ben Example");
      await enter(dialog.getByLabel("Sign-in name"), "Ben");
      const password = dialog.getByLabel("Password", { exact: true });
      await enter(password, FIRST_PASSWORD);
      await press(dialog.getByRole("button", { name: "Add person" }));
      await seen(page.getByText("Ben Example can sign in now."));
      const { page: theirs, context } = await browser.open();
      const ben = { name: "ben", given: FIRST_PASSWORD };
      await signInFirst(theirs, service, ben);

      await theirs.waitForURL(/\/desk$/);
      equal(await theirs.getByRole("link", { name: "People" }).count(), 0);
      await context.close();
    },
  );

  await t.step(
    "a name that is taken is reported next to its field",
    async () => {
      await press(page.getByRole("button", { name: "Add person" }));
      await enter(dialog.getByLabel("Name", { exact: true }), "Another Ben");
      await enter(dialog.getByLabel("Sign-in name"), "ben");
      await press(dialog.getByRole("button", { name: "Generate" }));
      await press(dialog.getByRole("button", { name: "Add person" }));
      await seen(dialog.getByText("This sign-in name is already taken"));
      await page.keyboard.press("Escape");
    },
  );

  await t.step(
    "the last administrator can't be deleted, with an explanation",
    async () => {
      await press(page.getByRole("button", { name: "Delete Ada Example" }));
      await seen(dialog.getByText("is the only administrator"));
      equal(await dialog.getByRole("button", { name: "Delete" }).count(), 0);
      await page.keyboard.press("Escape");
    },
  );

  await t.step("a deleted person leaves the list", async () => {
    await press(page.getByRole("button", { name: "Delete Ben Example" }));
    await press(dialog.getByRole("button", { name: "Delete account" }));
    await seen(page.getByText("Ben Example was deleted."));
    const names = await page.locator(".person strong").allInnerTexts();
    deepEqual(names, ["Ada Example (you)"]);
  });
});

Deno.test("changes can be read back to the first one and link to their widget", async (t) => {
  await using service = await startService();
  await using browser = await openBrowser();
  const { page, errors } = await browser.open({ timezoneId: "Asia/Kolkata" });
  await setUp(page, service);
  const admin = await AdminClient.signIn(service.url, "ada", PASSWORD);
  await admin.addPerson("ben", "Ben Example");
  let [widget] = await admin.widgets();
  ok(widget);
  for (let n = 1; n <= 100; n++) {
    widget = await admin.saveWidget(widget, (content) => {
      content.name = `Widget ${n}`;
    });
  }
  await press(page.getByRole("link", { name: "Changes" }));
  const rows = page.locator(".change");

  await t.step(
    "changes are sorted newest first, in the reader's time zone",
    async () => {
      await reach(page.getByText("Times are in India Standard Time."));
      equal(await page.title(), "Changes · Contact Widgets");
      match(
        await rows.first().innerText(),
        /ada changed the widget Widget 100\s+version \d+/,
      );
      match(
        await page.getByRole("heading", { level: 2 }).first().innerText(),
        /^Today /,
      );
      equal(await rows.count(), 100);
    },
  );

  await t.step("an unreachable service is reported and retried", async () => {
    const isAsked = (url: URL) => url.pathname === "/api/audit";
    await page.route(isAsked, (route) => route.abort());
    await press(page.getByRole("link", { name: "Show earlier" }));
    await seen(page.getByText("The service cannot be reached."));
    await checkAccess(page);
    await page.unroute(isAsked);
    await press(page.getByRole("link", { name: "Try again" }));
    await reach(page.getByText("ada added the account ben"));
    equal(
      await rows.nth(100).evaluate((row) => row === document.activeElement),
      true,
    );
    equal(await page.getByRole("link", { name: "Show earlier" }).count(), 0);
    await checkAccess(page);
  });

  await t.step("a link opens the widget in the list", async () => {
    await press(page.getByRole("link", { name: "Widget 99" }));
    await seen(
      panelOf(page, "Widget 100").getByRole("tab", { name: "Agents" }),
    );
    equal(await page.getByRole("tablist").count(), 1);
  });

  deepEqual(errors.filter((text) => !text.includes("ERR_FAILED")), []);
});

Deno.test("an empty list explains itself, no page is wider than a phone, and the menu stays in view", async () => {
  await using service = await startService();
  await using browser = await openBrowser();
  const viewport = { width: 390, height: 844 };
  const { page } = await browser.open({ viewport });
  await setUp(page, service);
  await press(page.locator(".menu-trigger"));
  await press(page.getByRole("button", { name: "Deutsch" }));

  for (const name of ["Example sidebar", "Example cardset"]) {
    await press(page.getByRole("button", { name: `${name} löschen` }));
    await press(page.getByRole("button", { name: "Widget löschen" }));
    await seen(page.getByText(`„${name}“ wurde gelöscht`));
  }
  await seen(page.getByText("Legen Sie Ihr erstes Widget an"));
  await checkAccess(page);
  const widths: number[] = [];
  for (
    const path of [
      "/admin",
      "/admin/people",
      "/admin/contacts",
      "/admin/network",
      "/admin/tokens",
      "/admin/audit",
      "/account",
      "/account/password",
      "/login",
      "/nowhere",
    ]
  ) {
    await page.goto(service.url + path);
    widths.push(await page.evaluate(() => document.body.scrollWidth));
  }

  deepEqual(widths, Array.from({ length: 10 }, () => 390));
  await page.goto(`${service.url}/admin`);
  const account = page.locator(".menu-trigger");
  for (const width of [768, 1024, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const { x, width: own } = await account.boundingBox() ?? { x: 0, width: 0 };
    ok(x > 0 && x + own <= width, `the account stands at ${x} of ${width}`);
  }
});
