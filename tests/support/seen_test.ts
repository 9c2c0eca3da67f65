import { deepEqual, equal, rejects } from "node:assert/strict";
import type { Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { enter, press, reach, seen } from "./seen.ts";
import { PIECE, SEEN, UNSEEN } from "./seen/cases.ts";
import { UNSEEN_SOURCE } from "./seen/check.ts";

async function openPages() {
  const browser = await openBrowser();
  const { page } = await browser.open({
    viewport: { width: 400, height: 300 },
  });
  await page.goto("about:blank");
  const show = (html: string) =>
    page.setContent(`<!doctype html><style>body{margin:0}</style>${html}`);
  return {
    page,
    show,
    [Symbol.asyncDispose]: () => browser[Symbol.asyncDispose](),
  };
}

/** `#x` of the page, or of its frame. */
const piece = (page: Page) =>
  page.frames().length > 1
    ? page.frameLocator("iframe").locator("#x")
    : page.locator("#x");

Deno.test("seen() reports every way to be invisible", async (t) => {
  await using pages = await openPages();
  for (const [name, html, reason] of UNSEEN) {
    await t.step(name, async () => {
      await pages.show(html);

      await rejects(
        seen(piece(pages.page), { timeout: 100 }),
        (error) => {
          equal(String(error).split("): ")[1], reason);
          return true;
        },
      );
    });
  }
});

Deno.test("seen() resolves for anything visible, now or later", async (t) => {
  await using pages = await openPages();
  for (const [name, html] of SEEN) {
    await t.step(name, async () => {
      await pages.show(html);

      await seen(piece(pages.page), { timeout: 2_000 });
    });
  }

  await t.step("an element that appears later and slides in", async () => {
    await pages.show(`<style>@keyframes in { from { translate: 500px } }</style>
      <script>setTimeout(() => document.body.innerHTML =
        "<p id=x style='animation: in 300ms'>Text</p>", 200)</script>`);

    await seen(pages.page.locator("#x"));
  });

  await t.step("half an element, if that is enough", async () => {
    await pages.show(`<div style="position:fixed;top:-15px">${PIECE}</div>`);

    await seen(pages.page.locator("#x"), { part: 0.5, timeout: 2_000 });
  });
});

Deno.test("reach() and press() scroll as a person can", async (t) => {
  await using pages = await openPages();
  const { page } = pages;
  const button = page.locator("#x");
  const long = "<div style='height:900px'></div>";

  await t.step(
    "in a scroll container below the viewport, under a header",
    async () => {
      await pages.show(`<style>header { position: sticky; top: 0; height: 40px;
        background: red }</style>
      <header></header>${long}
      <div style="height:200px;overflow:auto">${long}${PIECE}${long}</div>
      ${long}<script>x.onclick = () => document.title = "pressed"</script>`);

      await press(button);
      equal(await page.title(), "pressed");
    },
  );

  await t.step("not in a box that only scripts can scroll", async () => {
    await pages.show(
      `<div class=lines style="height:99px;overflow:hidden">${long}${PIECE}</div>`,
    );

    await rejects(
      reach(button, { timeout: 100 }),
      /clipped by <div.lines>: below it by 831 px/,
    );
  });

  await t.step(
    "press() requires the element itself to be reachable",
    async () => {
      await pages.show(`${PIECE}<style>#x { pointer-events: none }</style>`);

      await seen(button);
      await rejects(
        press(button, { timeout: 100 }),
        /lets presses through: pointer-events: none/,
      );
    },
  );

  await t.step("enter() scrolls to a field and replaces its text", async () => {
    await pages.show(`${long}<input id=x value=old>`);

    await enter(button, "new");
    equal(await button.inputValue(), "new");
    await seen(button);
  });
});

Deno.test("seen() reports a missing element, or more than one", async () => {
  await using pages = await openPages();
  const { page } = pages;
  await pages.show("<p>One</p><p>Two</p>");

  await rejects(
    seen(page.locator("#x"), { timeout: 100 }),
    /locator\('#x'\): not in the page/,
  );
  await rejects(seen(page.locator("p")), /strict mode violation/);
  // Playwright has planned another look, which must not happen in the next test.
  await page.waitForTimeout(500);
});

Deno.test("UNSEEN_SOURCE is a function for any driver", async () => {
  await using pages = await openPages();
  await pages.show(`<div hidden>${PIECE}</div><p>Text</p>`);

  const reasons = await pages.page.evaluate(
    `["#x", "p"].map((selector) =>
      (${UNSEEN_SOURCE})(document.querySelector(selector), {}))`,
  );

  deepEqual(reasons, ["not rendered: <div> is hidden", undefined]);
});
