import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { AdminClient, PASSWORD } from "../support/admin_client.ts";
import {
  addAgent,
  addWidget,
  agentNames,
  makePhoto,
  panelOf,
  save,
  saved,
  setUp,
} from "../support/admin_pages.ts";
import { openBrowser } from "../support/browser.ts";
import { startService } from "../support/service.ts";
import { enter, gone, press, reach, seen } from "@/tests/support/seen.ts";

Deno.test("an administrator creates a widget, from the setup link to the website", async (t) => {
  await using service = await startService();
  await using browser = await openBrowser();
  const { page, context } = await browser.open({ acceptDownloads: true });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await setUp(page, service);
  let panel: Locator = page.locator("none");

  await t.step("both kinds are added, named and saved", async () => {
    await save(await addWidget(page, "sidebar", "Help on every page"));
    panel = await addWidget(page, "cardset", "Our team");
    await save(panel);
    await page.reload();

    const names = await page.locator(".widget-name").allInnerTexts();
    deepEqual(names.slice(-2), ["Help on every page", "Our team"]);
    panel = panelOf(page, "Our team");
    await press(panel.getByRole("button", { name: "Our team Cardset" }));
  });

  await t.step(
    "an agent is found by name, others are added by address",
    async () => {
      await press(panel.getByRole("button", { name: "Add agent" }));
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("combobox").pressSequentially("exam");
      await seen(dialog.getByRole("option", { name: /Ada Example/ }));
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      equal(
        await dialog.getByLabel("Display name").inputValue(),
        "Ada Example",
      );
      await press(dialog.getByRole("button", { name: "Add agent" }));
      await addAgent(page, panel, "ben", "Ben");
      await addAgent(page, panel, "cem", "Cem");

      deepEqual(await agentNames(panel), ["Ada Example", "Ben", "Cem"]);
    },
  );

  await t.step("the preview shows unsaved changes", async () => {
    const preview = panel.frameLocator("iframe");
    await reach(preview.getByText("Cem", { exact: true }).first());
    const saved = await widgetsOf(page);
    equal(saved.at(-1)?.content.agents.length, 0);
  });

  await t.step("agents are reordered by keyboard", async () => {
    await panel.getByRole("button", { name: "Move Cem", exact: true }).focus();
    for (const key of ["Enter", "ArrowUp", "ArrowUp", "Enter"]) {
      await page.keyboard.press(key);
    }
    const kept = await agentNames(panel);
    for (const key of ["Enter", "ArrowDown", "Escape"]) {
      await page.keyboard.press(key);
    }

    deepEqual(kept, ["Cem", "Ada Example", "Ben"]);
    deepEqual(await agentNames(panel), kept);
  });

  await t.step("agents are reordered with the mouse", async () => {
    const handle = panel.getByRole("button", { name: "Move Cem", exact: true });
    const last = panel.locator('[data-address="ben"]');
    const box = await last.boundingBox();
    const bottom = { x: 60, y: (box?.height ?? 0) - 6 };
    await handle.dragTo(last, { targetPosition: bottom });

    deepEqual(await agentNames(panel), ["Ada Example", "Ben", "Cem"]);
  });

  await t.step(
    "a colour with poor contrast causes a warning, and one click fixes it",
    async () => {
      await press(panel.getByRole("tab", { name: "Look" }));
      const field = panel.getByRole("textbox", {
        name: "Text",
        exact: true,
      });
      await enter(field, "#c8d0ce");
      const warning = panel.getByText("Hard to read: the contrast is 1.");
      await seen(warning);
      await press(panel.getByRole("button", { name: /^Use #/ }));
      await gone(warning);

      equal(await field.inputValue() === "#c8d0ce", false);
      await press(panel.getByRole("tab", { name: "Agents" }));
    },
  );

  await t.step("a large picture becomes a small square one", async () => {
    const buffer = await makePhoto(page);
    ok(buffer.length > 200_000, `the photo has ${buffer.length} bytes only`);
    await press(panel.getByRole("button", { name: "Edit Ben" }));
    const dialog = page.getByRole("dialog");
    await dialog.locator("input[type=file]")
      .setInputFiles({ name: "ben.png", mimeType: "image/png", buffer });
    const image = dialog.getByRole("img", { name: "Picture" });
    await seen(image);
    const size = await image.evaluate(async (element: HTMLImageElement) => {
      await element.decode();
      return [element.naturalWidth, element.naturalHeight];
    });
    await press(dialog.getByRole("button", { name: "Apply" }));
    await save(panel);

    deepEqual(size, [320, 320]);
    match(
      (await widgetsOf(page)).at(-1)?.content.agents[1]?.picture ?? "",
      /^[0-9a-f]{64}$/,
    );
  });

  await t.step(
    "a file that isn't an image is rejected with an explanation",
    async () => {
      await press(panel.getByRole("button", { name: "Edit Ben" }));
      const dialog = page.getByRole("dialog");
      await dialog.locator("input[type=file]").setInputFiles({
        name: "ben.png",
        mimeType: "image/png",
        buffer: (await makePhoto(page)).subarray(0, 40),
      });
      await seen(dialog.getByText("The browser cannot open this file"));
      await page.keyboard.press("Escape");
      await gone(dialog);
    },
  );

  await t.step(
    "the code is copied, and the downloaded file works",
    async () => {
      await press(panel.getByRole("button", { name: "Code" }));
      const dialog = page.getByRole("dialog");
      await press(dialog.getByRole("button", { name: "Copy", exact: true }));
      await seen(dialog.getByRole("button", { name: "Copied" }));
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        press(dialog.getByRole("button", { name: "Download test page" })),
      ]);
      const file = `${service.data}/${download.suggestedFilename()}`;
      await download.saveAs(file);
      await page.keyboard.press("Escape");
      const opened = await context.newPage();
      await opened.goto(`file://${file}`);

      const { uuid } = (await widgetsOf(page)).at(-1) ?? { uuid: "" };
      equal(
        copied,
        `<script type="module" src="${service.url}/widget.js" async></script>\n` +
          `<contact-widget uuid="${uuid}"></contact-widget>`,
      );
      equal(download.suggestedFilename(), "our-team.html");
      await seen(opened.getByText("Cem", { exact: true }).first());
      await opened.close();
    },
  );

  await t.step(
    "saving over another admin's change overwrites nothing",
    async () => {
      const other = await AdminClient.signIn(service.url, "ada", PASSWORD);
      const view = (await widgetsOf(page)).at(-1);
      ok(view);
      await other.saveWidget(view, (content) => content.company.city = "Köln");
      await press(panel.getByRole("tab", { name: "Contact details" }));
      await enter(panel.getByLabel("City"), "Bonn");
      await press(panel.getByRole("button", { name: "Save", exact: true }));
      const dialog = page.getByRole("dialog");
      const row = dialog.getByRole("row", { name: /City/ });
      await seen(row);
      deepEqual(await row.getByRole("cell").allInnerTexts(), ["Bonn", "Köln"]);
      equal((await widgetsOf(page)).at(-1)?.content.company.city, "Köln");

      await press(dialog.getByRole("button", { name: "Overwrite with mine" }));
      await saved(panel);
      equal((await widgetsOf(page)).at(-1)?.content.company.city, "Bonn");
    },
  );

  await t.step(
    "an earlier version is restored through the editor",
    async () => {
      await press(panel.getByRole("button", { name: "Earlier versions" }));
      const dialog = page.getByRole("dialog");
      await press(dialog.locator(".version").nth(1));
      const row = dialog.getByRole("row", { name: /City/ });
      await seen(row);
      deepEqual(await row.getByRole("cell").allInnerTexts(), ["Bonn", "Köln"]);
      await press(dialog.getByRole("button", { name: "Open in the editor" }));
      equal(await panel.getByLabel("City").inputValue(), "Köln");
      equal((await widgetsOf(page)).at(-1)?.content.company.city, "Bonn");
      await save(panel);
      equal((await widgetsOf(page)).at(-1)?.content.company.city, "Köln");
    },
  );

  await t.step("leaving with unsaved changes asks first", async () => {
    await enter(panel.getByLabel("City"), "Ulm");
    await press(page.getByRole("link", { name: "People" }));
    const dialog = page.getByRole("dialog");
    await press(dialog.getByRole("button", { name: "Stay" }));
    equal(await panel.getByLabel("City").inputValue(), "Ulm");

    await press(page.getByRole("link", { name: "People" }));
    await press(dialog.getByRole("button", { name: "Leave" }));
    await seen(page.getByRole("heading", { name: "People" }));
  });
});

/** Returns the stored widgets as the page would receive them. */
function widgetsOf(page: Page) {
  return page.evaluate(async () => {
    const { widgets } = await (await fetch("/api/widgets")).json();
    const all: import("@/lib/protocol/admin/messages.ts").WidgetView[] = [];
    for (const { uuid } of widgets) {
      all.push(await (await fetch(`/api/widgets/${uuid}`)).json());
    }
    return all;
  });
}
