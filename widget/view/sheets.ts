import type { SessionOptions } from "@/lib/protocol/visitor/session_messages.ts";
import { type Palette, palette } from "@/lib/base/palette.ts";
import base from "./base.css" with { type: "text" };
import sidebar from "./sidebar.css" with { type: "text" };

// Constructable sheets alone: they need no exception in a page's CSP.

const FONTS: Record<string, string> = {
  page: "initial", // The rule's fallback inherits.
  serif: "ui-serif,Georgia,serif",
  rounded: "ui-rounded,Nunito,system-ui",
  mono: "ui-monospace,Menlo,Consolas,monospace",
};
const SYSTEM = 'system-ui,-apple-system,"Segoe UI",Roboto,sans-serif';

let own: CSSStyleSheet[] | undefined;
/** What later code has brought along. */
const more = new Map<string, CSSStyleSheet>();

/** The sheets of every widget on the page, as far as they are loaded. */
export function sharedSheets(): CSSStyleSheet[] {
  // First, even if a stored chat has loaded the panel before anything is drawn.
  own ??= [sheet(base), sheet(sidebar)];
  return [...own, ...more.values()];
}

/** For every widget from its next drawing on. Again: nothing. */
export function addSheet(css: string, made = () => sheet(css)): void {
  if (!more.has(css)) more.set(css, made());
}

export function sheet(css: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}

/** What an admin chose for one widget, as custom properties of its root. */
export function optionsCss(options: SessionOptions): string {
  const { fontSize, radius, margin, gap, zIndex } = options;
  const light = palette(options.colors, false);
  const dark = palette(options.colors, true);
  const pixels = (value: number) => `${Math.round(value)}px`;
  const properties: Record<string, string> = {
    font: FONTS[options.font] ?? SYSTEM,
    size: pixels(fontSize),
    radius: pixels(radius),
    "margin-x": pixels(margin.x),
    "margin-y": pixels(margin.y),
    gap: pixels(gap),
    z: String(Math.round(zIndex)),
    scheme: SCHEMES[options.theme] ?? "initial",
    shadow: "0 1px 2px #0000001f,0 8px 32px -4px #0000003d",
  };
  for (const name of Object.keys(light) as (keyof Palette)[]) {
    properties[name] = themed(light[name], dark[name], options.theme);
  }
  return `.root{${
    Object.entries(properties).map(([key, value]) => `--${key}:${value}`)
      .join(";")
  }}`;
}

/** A colour for day and night. Browsers before 2024 show the one that the theme
 * or the visitor's system asks for. */
function themed(light: string, dark: string, theme: string): string {
  if (CSS.supports("color", "light-dark(red,red)")) {
    return `light-dark(${light},${dark})`;
  }
  const isDark = theme === "dark" ||
    theme === "auto" && matchMedia("(prefers-color-scheme:dark)").matches;
  return isDark ? dark : light;
}

const SCHEMES: Record<string, string> = {
  auto: "light dark",
  light: "light",
  dark: "dark",
};
