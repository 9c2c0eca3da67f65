import { deepEqual, equal } from "node:assert/strict";
import { replaceGlobals } from "@/tests/support/replace_globals.ts";
import { session } from "@/tests/support/visitor_messages.ts";
import { addSheet, optionsCss, sharedSheets } from "./sheets.ts";

interface Browser {
  /** False before 2024: it has no `light-dark()`. */
  hasLightDark?: boolean;
  isSystemDark?: boolean;
}

function withBrowser<T>(
  { hasLightDark = true, isSystemDark = false }: Browser,
  run: () => T,
): T {
  using _globals = replaceGlobals({
    CSS: { supports: () => hasLightDark },
    matchMedia: () => ({ matches: isSystemDark }),
    CSSStyleSheet: class {
      css = "";
      replaceSync(css: string) {
        this.css = css;
      }
    },
  });
  return run();
}

type Options = ReturnType<typeof session>["options"];

/** The custom properties of a widget with these options. */
function properties(options: Partial<Options>, browser: Browser = {}) {
  const given = session({}, options).options;
  const css = withBrowser(browser, () => optionsCss(given, given.palettes!));
  const [, inside = ""] = /^\.root\{(.*)\}$/.exec(css) ?? [];
  return Object.fromEntries(
    inside.split(";").map((each) => each.split(/:(.*)/, 2)),
  );
}

Deno.test("optionsCss() gives the admin's sizes in whole pixels", () => {
  const given = properties({
    fontSize: 15.6,
    radius: 0,
    margin: { x: 7.4, y: 24 },
    gap: 16,
    zIndex: 10.2,
  });

  equal(given["--size"], "16px");
  equal(given["--radius"], "0px");
  deepEqual([given["--margin-x"], given["--margin-y"]], ["7px", "24px"]);
  deepEqual([given["--gap"], given["--z"]], ["16px", "10"]);
});

Deno.test("optionsCss() knows the fonts and themes, and has a default for those of a newer service", () => {
  const fonts = ["page", "mono", "system", "comic"].map((font) =>
    properties({ font })["--font"]?.split(",")[0]
  );
  const schemes = ["auto", "light", "dark", "page", "sepia"].map((theme) =>
    properties({ theme })["--scheme"]
  );

  deepEqual(fonts, ["initial", "ui-monospace", "system-ui", "system-ui"]);
  deepEqual(schemes, ["light dark", "light", "dark", "initial", "initial"]);
});

Deno.test("optionsCss() has each colour for light and dark mode", () => {
  const colors = {
    accent: "#0b6e5f",
    background: "#ffffff",
    text: "#17211f",
    card: "#f4f7f6",
  };
  const { "--background": both = "" } = properties({ colors });
  const [, light, dark] = /^light-dark\((.+),(.+)\)$/.exec(both) ?? [];
  const old = (theme: string, isSystemDark: boolean) =>
    properties({ colors, theme }, { hasLightDark: false, isSystemDark })[
      "--background"
    ];

  equal(light, "#ffffff");
  equal(dark === light, false);
  deepEqual(
    [
      old("light", true),
      old("dark", false),
      old("auto", false),
      old("auto", true),
      old("page", true),
    ],
    [light, dark, light, dark, light],
  );
});

Deno.test("a sheet of a chunk is added once, after the shared ones", () => {
  const made: string[] = [];
  const add = (css: string) =>
    addSheet(css, () => {
      made.push(css);
      return { css } as unknown as CSSStyleSheet;
    });

  add("a{}");
  add("b{}");
  add("a{}");
  const sheets = withBrowser({}, () => sharedSheets());

  deepEqual(made, ["a{}", "b{}"]);
  deepEqual(
    sheets.slice(2).map((sheet) => Reflect.get(sheet, "css")),
    ["a{}", "b{}"],
  );
  equal(withBrowser({}, () => sharedSheets())[0], sheets[0]);
});
