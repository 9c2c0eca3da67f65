import type { Locator, Page } from "playwright-core";

/** Presses the middle of a button twice, as fast as a finger, because on a busy
 * host the two presses of `dblclick()` would be too far apart. */
export async function pressTwice(page: Page, button: Locator): Promise<void> {
  await button.hover();
  const box = await button.boundingBox();
  if (box === null) throw new Error("Cannot press what has no place");
  const cdp = await page.context().newCDPSession(page);
  const at = {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    button: "left",
  } as const;
  await Promise.all([1, 2].flatMap((clickCount) => [
    cdp.send("Input.dispatchMouseEvent", {
      type: "mousePressed",
      clickCount,
      ...at,
    }),
    cdp.send("Input.dispatchMouseEvent", {
      type: "mouseReleased",
      clickCount,
      ...at,
    }),
  ]));
}
