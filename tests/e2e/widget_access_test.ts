import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { findViolations } from "@/tests/support/axe.ts";
import { press, seen } from "@/tests/support/seen.ts";
import { session } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";
import { smallTargets, tooWide } from "@/tests/support/widget_measures.ts";
import {
  type Combination,
  DIRECTIONS,
  KINDS,
  THEMES,
} from "@/tests/support/widget_scene.ts";
import { Guide } from "@/tests/support/widget_states.ts";

const combinations = KINDS.flatMap((kind) =>
  DIRECTIONS.map((direction): Combination => ({ kind, direction }))
);

Deno.test("axe finds no problem in any state, kind, theme and direction", async () => {
  await using shown = await openWidgetPage();
  const { page } = shown;
  const found: string[] = [];
  const table: Record<string, Record<string, number>> = {};
  const colors = new Set<string>();

  for (const is of combinations) {
    const guide = new Guide(shown, is);
    const name = Object.values(is).join(", ");
    await guide.walk(async (state) => {
      const row = table[state] ??= {};
      row[name] = 0;
      for (const theme of THEMES) {
        await guide.dress(theme);
        const violations = await findViolations(
          page,
          theme === "light" ? "all" : "colours",
        );
        row[name] += 1;
        colors.add(await textColor(page));
        for (const line of violations) {
          found.push(`${name}, ${theme}, ${state}: ${line}`);
        }
      }
    });
  }
  console.table(table); // Checks, one a theme.

  deepEqual(found, []);
  // Day and night of two palettes, and the page's own before there are cards.
  ok(colors.size >= 4, [...colors].join());
});

function textColor(page: Page): Promise<string> {
  return page.evaluate(() => {
    const root = document.querySelector("contact-widget")?.shadowRoot
      ?.querySelector(".root");
    return root ? getComputedStyle(root).color : "";
  });
}

for (
  const is of [
    { kind: "sidebar", direction: "ltr" },
    { kind: "cardset", direction: "rtl" },
  ] as const
) {
  Deno.test(`at 400 % zoom every state of a ${is.kind} fits, and targets are at least 24 px`, async () => {
    // 1280 by 1024 px, enlarged four times.
    await using shown = await openWidgetPage({
      viewport: { width: 320, height: 256 },
    });
    const found: string[] = [];

    await new Guide(shown, is).walk(async (state) => {
      const measured = await Promise.all([
        smallTargets(shown.page),
        tooWide(shown.page),
      ]);
      for (const line of measured.flat()) found.push(`${state}: ${line}`);
    });

    deepEqual(found, []);
  });
}

Deno.test("nothing moves with reduced motion, otherwise the panel unfolds", async () => {
  await using shown = await openWidgetPage({
    service: { session: session({ type: "sidebar" }) },
  });
  const { page } = shown;
  await seen(page.locator(".launcher"));
  const names = await page.evaluateHandle(() => {
    const names: string[] = [];
    document.querySelector("contact-widget")?.shadowRoot?.addEventListener(
      "animationstart",
      (event) => names.push((event as AnimationEvent).animationName),
    );
    return names;
  });
  const unfold = async (reducedMotion: "reduce" | "no-preference") => {
    await page.emulateMedia({ reducedMotion });
    await press(page.locator(".launcher"));
    await seen(page.locator(".panel"));
    await page.evaluate(() => new Promise(requestAnimationFrame));
    const used = await names.jsonValue();
    await page.keyboard.press("Escape");
    return used.includes("unfold");
  };

  equal(await unfold("reduce"), false);
  equal(await unfold("no-preference"), true);
});

Deno.test("with forced colours, pressed, disabled and focused controls can be told apart", async () => {
  await using shown = await openWidgetPage();
  const { page } = shown;
  await page.emulateMedia({ forcedColors: "active" });
  const guide = new Guide(shown, { kind: "sidebar", direction: "ltr" });
  const looks: Record<string, Record<string, string>> = {};

  await guide.walk(async (state) => {
    if (!state.startsWith("call, muted")) return;
    const mute = page.getByRole("button", { name: "Mute" });
    await mute.focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Shift+Tab");
    looks["muted"] = await mute.evaluate((button) => {
      const { backgroundColor, color, outlineStyle } = getComputedStyle(button);
      const slash = getComputedStyle(button, "::after").borderLeftColor;
      return { backgroundColor, color, outlineStyle, slash };
    });
    looks["keypad"] = await page.getByRole("button", { name: "Keypad" })
      .evaluate((button) => {
        const { backgroundColor, borderStyle } = getComputedStyle(button);
        return { backgroundColor, borderStyle };
      });
  });

  const { muted, keypad } = looks;
  notEqual(muted?.["backgroundColor"], keypad?.["backgroundColor"]);
  notEqual(muted?.["slash"], muted?.["backgroundColor"]);
  equal(muted?.["slash"], muted?.["color"]);
  equal(muted?.["outlineStyle"], "solid");
  equal(keypad?.["borderStyle"], "solid");
});
