import { PORTRAITS } from "@/lib/admin/examples/portraits.ts";
import { openBrowser } from "./browser.ts";

/** The picture of a camera in screenshots of a call: a portrait before a
 * wall. */
export type Sight = { portrait: keyof typeof PORTRAITS; wall: string };

/**
 * Creates files for Chromium's fake camera, one for each picture: the flag
 * `--use-file-for-fake-video-capture` shows a JPEG permanently.
 */
export async function makeFilms(
  folder: string,
  sights: Sight[],
): Promise<string[]> {
  await using browser = await openBrowser();
  const { page } = await browser.open({
    viewport: { width: 640, height: 480 },
  });
  const films: string[] = [];
  for (const { portrait, wall } of sights) {
    await page.setContent(
      `<body style="margin:0;background:${wall};display:grid;place-items:end center;block-size:480px">
       <img style="block-size:430px;border-radius:200px 200px 0 0"
         src="data:image/webp;base64,${PORTRAITS[portrait]}">`,
    );
    const path = `${folder}/${portrait}.mjpeg`;
    const picture = await page.screenshot({ type: "jpeg", quality: 90 });
    await Deno.writeFile(path, picture);
    films.push(path);
  }
  return films;
}
