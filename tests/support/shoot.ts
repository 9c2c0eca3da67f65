import type { Locator, Page } from "playwright-core";

// Takes screenshots for README and docs from the running product. Nothing is
// drawn into them; only the number of colours is reduced, to keep the files
// small.

const FOLDER = new URL("../../docs/images/", import.meta.url).pathname;
const COLOURS = 256;

export const WIDE = { width: 1280, height: 800 };
export const NARROW = { width: 390, height: 800 };

/** Takes the page, or a part of it with some room around. */
export async function shoot(
  page: Page,
  name: string,
  { part, room = 24, clip }: {
    part?: Locator;
    room?: number;
    clip?: { x: number; y: number; width: number; height: number };
  } = {},
): Promise<void> {
  await stillness(page);
  const path = `${FOLDER}${name}.png`;
  const area = clip ?? (part && await around(part, room));
  await page.screenshot({ path, ...(area && { clip: area }) });
  await reduce(path);
  const { size } = await Deno.stat(path);
  console.log(`${name}.png, ${Math.ceil(size / 1_000)} kB`);
}

export async function makeFolder(): Promise<void> {
  await Deno.mkdir(FOLDER, { recursive: true });
}

/** Waits until images have loaded and animations have ended. */
async function stillness(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() => {
    const roots = [...document.querySelectorAll("contact-widget")]
      .flatMap(({ shadowRoot }) => shadowRoot ?? []);
    return [document, ...roots].flatMap((root) => root.getAnimations())
      .every(({ playState, effect }) =>
        playState !== "running" ||
        effect?.getComputedTiming().iterations === Infinity
      );
  });
}

async function around(part: Locator, room: number) {
  const box = await part.boundingBox();
  if (box === null) throw new Error("Cannot take what is not shown");
  const x = Math.max(0, Math.floor(box.x - room));
  const y = Math.max(0, Math.floor(box.y - room));
  return {
    x,
    y,
    width: Math.ceil(box.x + box.width + room) - x,
    height: Math.ceil(box.y + box.height + room) - y,
  };
}

/** Reduces the file to a third with ImageMagick, if it is installed. */
async function reduce(path: string): Promise<void> {
  await new Deno.Command("convert", {
    args: [path, "+dither", "-colors", String(COLOURS), `PNG8:${path}`],
  }).output().catch(() => console.log("Without ImageMagick, files are larger"));
}
