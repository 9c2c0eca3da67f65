import { openBrowser } from "@/tests/support/browser.ts";

// Draws the icons of the installed desk from static/mark.svg. Run it when the
// mark changes: deno run -A tools/desk_icons.ts

const STATIC = new URL("../static/", import.meta.url);
/** Systems cut a maskable icon, so the mark keeps away from its edges. */
const SAFE = 0.7;
const GREEN = "#0b6e5f";

interface Icon {
  file: string;
  size: number;
  /** Colour behind the mark. */
  fill?: string;
  /** Part of the width that the mark has. */
  scale: number;
  /** True for the white silhouette of the status bar of Android. */
  isBadge?: true;
}

const ICONS: readonly Icon[] = [
  { file: "desk-192.png", size: 192, scale: 1 },
  { file: "desk-512.png", size: 512, scale: 1 },
  { file: "desk-maskable-512.png", size: 512, fill: GREEN, scale: SAFE },
  { file: "desk-badge.png", size: 96, scale: 1, isBadge: true },
];

const mark = await Deno.readTextFile(new URL("mark.svg", STATIC));
await using browser = await openBrowser();
const { page } = await browser.open();
for (const { file, size, fill = "none", scale, isBadge } of ICONS) {
  const [, bubble = ""] = /<path[^>]* d="([^"]+)"/.exec(mark) ??
    /d="([^"]+)"/.exec(mark) ?? [];
  const drawn = isBadge
    ? `<svg xmlns="http://www.w3.org/2000/svg" viewBox="4 4 24 24"><path fill="#fff" d="${bubble}"/></svg>`
    : mark;
  const source = `data:image/svg+xml;base64,${btoa(drawn)}`;
  const inner = Math.round(size * scale);
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;height:${size}px;` +
      `background:${fill === "none" ? "transparent" : fill}">` +
      `<img width="${inner}" height="${inner}" src="${source}"></body>`,
  );
  await page.locator("img").evaluate((img: HTMLImageElement) => img.decode());
  const bytes = await page.screenshot({ omitBackground: true });
  await Deno.writeFile(new URL(file, STATIC), bytes);
}
