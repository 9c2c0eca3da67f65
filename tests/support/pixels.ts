import type { Page } from "playwright-core";

/** Maximum invisible difference, of 255. Antialiased edges differ between runs:
 * one pixel of a round button differed by 9 in two runs of five. A grey that
 * differs by 17 from white is still detected (hostile_page_test.ts). */
const TOLERANCE = 16;

/**
 * Returns the number of pixels that differ visibly between two PNGs; all of
 * them if their sizes differ. `page` is any page that can run scripts, because
 * its browser decodes the files.
 */
export async function differingPixels(
  page: Page,
  one: Uint8Array,
  other: Uint8Array,
): Promise<number> {
  const pngs = [one.toBase64(), other.toBase64()];
  return await page.evaluate(async ({ pngs, tolerance }) => {
    const [a, b] = await Promise.all(pngs.map(async (png) => {
      const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes]));
      const { width, height } = image;
      const canvas = new OffscreenCanvas(width, height).getContext("2d");
      canvas?.drawImage(image, 0, 0);
      const data = canvas?.getImageData(0, 0, width, height).data;
      return { width, height, data: [...data ?? []] };
    }));
    if (!a || !b || a.width !== b.width || a.height !== b.height) {
      return Math.max(a?.data.length ?? 0, b?.data.length ?? 0) / 4;
    }
    const differing = new Set<number>();
    a.data.forEach((value, at) => {
      const difference = Math.abs(value - (b.data[at] ?? 0));
      if (difference > tolerance) differing.add(at >> 2);
    });
    return differing.size;
  }, { pngs, tolerance: TOLERANCE });
}
