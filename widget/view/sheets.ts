import type { SessionOptions } from "@/lib/protocol/visitor/session_messages.ts";
import base from "./base.css" with { type: "text" };
import sidebar from "./sidebar.css" with { type: "text" };

// Uses only constructable sheets, which need no exception in a page's CSP.

const FONTS: Record<string, string> = {
  page: "initial", // The rule's fallback inherits.
  serif: "ui-serif,Georgia,serif",
  rounded: "ui-rounded,Nunito,system-ui",
  mono: "ui-monospace,Menlo,Consolas,monospace",
};
const SYSTEM = "system-ui,sans-serif";

let own: CSSStyleSheet[] | undefined;
/** Sheets of chunks that were loaded later. */
const more = new Map<string, CSSStyleSheet>();

/** Returns the loaded sheets that all widgets of the page share. */
export function sharedSheets(): CSSStyleSheet[] {
  // These come first, even if a stored chat has loaded the panel before the
  // first rendering.
  own ??= [sheet(base), sheet(sidebar)];
  return [...own, ...more.values()];
}

/** Adds a sheet to every widget, from its next rendering on. Adding it twice
 * has no effect. */
export function addSheet(css: string, made = () => sheet(css)): void {
  if (!more.has(css)) more.set(css, made());
}

export function sheet(css: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}

/** Returns the admin's choices for one widget, as custom properties of its
 * root. */
export function optionsCss(
  { fontSize, radius, margin, gap, zIndex, font, theme }: SessionOptions,
  { light, dark }: NonNullable<SessionOptions["palettes"]>,
): string {
  const pixels = (value: number) => `${Math.round(value)}px`;
  const properties: Record<string, string> = {
    font: FONTS[font] ?? SYSTEM,
    size: pixels(fontSize),
    radius: pixels(radius),
    "margin-x": pixels(margin.x),
    "margin-y": pixels(margin.y),
    gap: pixels(gap),
    z: String(Math.round(zIndex)),
    scheme: SCHEMES[theme] ?? "initial",
    shadow: "0 1px 2px #0002,0 8px 32px -4px #0004",
  };
  for (const [name, color] of Object.entries(light)) {
    properties[name] = themed(color, dark[name] ?? color, theme);
  }
  return `.root{${
    Object.entries(properties).map(([key, value]) => `--${key}:${value}`)
      .join(";")
  }}`;
}

/** Returns a colour for light and dark mode. Browsers before 2024 get the one
 * of the theme or the visitor's system. */
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
