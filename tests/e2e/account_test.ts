import { Buffer } from "node:buffer";
import { deepEqual, equal, match } from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { checkAccess } from "@/tests/support/axe.ts";
import {
  AdminClient,
  FIRST_PASSWORD,
  PASSWORD,
} from "@/tests/support/admin_client.ts";
import {
  enterPasswords,
  makePhoto,
  signIn,
  signInFirst,
} from "@/tests/support/admin_pages.ts";
import { openProduct } from "@/tests/support/product.ts";
import { pressTwice } from "@/tests/support/press_twice.ts";
import { enter, gone, press, reach, seen } from "@/tests/support/seen.ts";
import { WINDOWS } from "@/tests/support/widths.ts";

const NEW_PASSWORD = "another horse battery";

Deno.test("a generated password must be changed at the first sign-in", async (t) => {
  await using product = await openProduct();
  const { admin, browser, service } = product;
  const { page: admins } = await browser.open();
  await signIn(admins, service, "admin");
  await admins.goto(`${service.url}/admin/people`);
  const given = await addPerson(admins);
  await seen(admins.getByText("Must change password"));
  await checkAccess(admins);
  const { page } = await browser.open(WINDOWS[390]);

  await t.step(
    "every address leads to the password change",
    async () => {
      await page.goto(`${service.url}/login?next=/account`);
      await enter(page.getByLabel("Sign-in name"), "ann");
      await enter(page.getByLabel("Password"), given);
      await press(page.getByRole("button", { name: "Sign in" }));
      await seen(page.getByText("Another person set your password"));
      await page.goto(`${service.url}/desk`);
      match(page.url(), /\/account\/password\?next=%2Fdesk$/);
      await checkAccess(page);
      equal(await page.evaluate(() => document.body.scrollWidth), 390);
    },
  );

  await t.step("errors appear at their fields", async () => {
    await enterPasswords(page, "not the given one", PASSWORD);
    await seen(page.getByText("This is not your current password."));
    await enterPasswords(page, given, given);
    await seen(page.getByText("differs from the current one"));
    await enterPasswords(page, given, "short");
    await seen(page.getByText("At least 10 characters.", { exact: true }));
    await checkAccess(page);
  });

  await t.step(
    "a double click on the change opens the desk",
    async () => {
      const twice = (button: Locator) => pressTwice(page, button);
      await enterPasswords(page, given, PASSWORD, twice);
      await page.waitForURL(/\/desk$/);
      await seen(page.getByRole("radio", { name: "Online" }));
      await admins.reload();
      await seen(admins.getByText("Ann Example", { exact: true }));
      await gone(admins.getByText("Must change password"));
    },
  );

  await t.step("a new password set by an admin ends the session", async () => {
    const { people } = await admin.call<
      { people: { id: string; name: string; revision: string }[] }
    >("GET", "/api/people");
    const ann = people.find(({ name }) => name === "ann");
    await admin.call("PUT", `/api/people/${ann?.id}`, {
      name: "ann",
      displayName: "Ann Example",
      roles: ["agent"],
      revision: ann?.revision,
      password: FIRST_PASSWORD,
    });
    await seen(page.getByText("You are signed out."));
    const next = "/account";
    await signInFirst(page, service, {
      name: "ann",
      given: FIRST_PASSWORD,
      next,
    });
    await seen(page.getByRole("heading", { name: "Your account" }));
  });
});

Deno.test("an agent changes their own name, picture, language and password", async (t) => {
  await using product = await openProduct();
  const { service } = product;
  const { page: desk, context } = await product.openDesk("ann", "Ann Example");
  const page = await context.newPage();
  const elsewhere = await AdminClient.signIn(service.url, "ann", PASSWORD);

  await t.step("the menu leads to the account, by keyboard too", async () => {
    await page.goto(`${service.url}/desk`);
    await page.locator(".menu-trigger").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await seen(page.getByRole("heading", { name: "Your account" }));
    await checkAccess(page);
  });

  await t.step(
    "the name is validated and appears in the bar and at the desk",
    async () => {
      await enter(page.getByLabel("Name", { exact: true }), " ");
      await press(page.getByRole("button", { name: "Save" }));
      await seen(page.getByText("This must not be empty."));
      await enter(page.getByLabel("Name", { exact: true }), "x".repeat(65));
      await seen(page.getByText("At most 64 characters."));
      await enter(page.getByLabel("Name", { exact: true }), "Ann Berg");
      await press(page.getByRole("button", { name: "Save" }));
      await seen(page.getByText("Your account is saved."));
      await seen(page.locator(".account-name", { hasText: "Ann Berg" }));
      await seen(desk.getByRole("radio", { name: "Online" }));
    },
  );

  await t.step(
    "a file that isn't an image is rejected, a photo is accepted",
    async () => {
      const chooser = page.locator('input[type="file"]');
      const file = { name: "a.png", mimeType: "image/png" };
      const nonsense = new TextEncoder().encode("no picture");
      await chooser.setInputFiles({ ...file, buffer: bufferOf(nonsense) });
      await reach(page.getByText("cannot open this file as a picture"));
      await chooser.setInputFiles({ ...file, buffer: await makePhoto(page) });
      await seen(page.getByText("Your picture is saved."));
      await seen(page.locator(".menu-trigger img"));
      const width = await page.locator(".menu-trigger img")
        .evaluate((image) => (image as HTMLImageElement).naturalWidth);
      equal(width, 320);
      await checkAccess(page);
      await press(page.getByRole("button", { name: "Remove picture" }));
      await seen(page.getByText("Your picture is removed."));
      equal(await page.locator(".menu-trigger img").count(), 0);
    },
  );

  await t.step(
    "a failing store changes nothing and shows an error",
    async () => {
      const isSave = (url: URL) => url.pathname === "/api/account";
      await page.route(isSave, (route) =>
        route.fulfill({
          status: 503,
          json: { reason: "unavailable", text: "The store does not answer" },
        }));
      await enter(page.getByLabel("Name", { exact: true }), "Ann Lost");
      await press(page.getByRole("button", { name: "Save" }));
      await seen(page.getByText("The store does not answer in time"));
      await page.unroute(isSave);
      await enter(page.getByLabel("Name", { exact: true }), "Ann Berg");
    },
  );

  await t.step(
    "the chosen language takes precedence over the browser's",
    async () => {
      await page.getByLabel("Language").selectOption("de");
      await press(page.getByRole("button", { name: "Save" }));
      await seen(page.getByRole("heading", { name: "Ihr Konto" }));
      await checkAccess(page);
      await page.getByLabel("Sprache").selectOption("");
      await press(page.getByRole("button", { name: "Speichern" }));
      await seen(page.getByRole("heading", { name: "Your account" }));
    },
  );

  await t.step(
    "a new password keeps this browser signed in, and no other",
    async () => {
      await press(page.getByRole("link", { name: "Change password" }));
      await checkAccess(page);
      await enterPasswords(page, PASSWORD, NEW_PASSWORD);
      await seen(page.getByText("You are signed out everywhere else."));
      await seen(desk.getByRole("radio", { name: "Online" }));
      equal(await desk.getByText("You are signed out.").count(), 0);
      const response = await fetch(`${service.url}/desk/state`, {
        headers: { cookie: elsewhere.cookie },
        redirect: "manual",
      });
      await response.body?.cancel();
      equal(response.status, 401);
      await AdminClient.signIn(service.url, "ann", NEW_PASSWORD);
    },
  );

  deepEqual(
    product.browser.errors.filter((text) => !/40[01]|503|403/.test(text)),
    [],
  );
});

/** Adds the agent `ann` with a password that the page makes up, and returns it. */
async function addPerson(page: Page): Promise<string> {
  const dialog = page.getByRole("dialog");
  await press(page.getByRole("button", { name: "Add person" }));
  await enter(dialog.getByLabel("Name", { exact: true }), "Ann Example");
  await enter(dialog.getByLabel("Sign-in name"), "ann");
  await press(dialog.getByRole("button", { name: "Generate" }));
  const given = await dialog.getByLabel("Password", { exact: true })
    .inputValue();
  await press(dialog.getByRole("button", { name: "Add person" }));
  await gone(dialog);
  return given;
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes);
}
