/** Browsers by a word of their User-Agent. Later ones imitate earlier ones. */
const BROWSERS: readonly [word: RegExp, name: string][] = [
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/(?:Chrome|CriOS|Chromium)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const SYSTEMS: readonly [word: RegExp, name: string][] = [
  [/\bAndroid\b/, "Android"],
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

/** Returns a name by which people recognize their device, such as
 * `Firefox, Windows`; empty if nothing is known. */
export function deviceName(userAgent: string): string {
  const find = (names: typeof BROWSERS) =>
    names.find(([word]) => word.test(userAgent))?.[1];
  return [find(BROWSERS), find(SYSTEMS)]
    .filter((name) => name !== undefined).join(", ");
}
