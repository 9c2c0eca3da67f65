import { deepEqual } from "node:assert/strict";
import { sendOnce } from "./send_once.ts";

Deno.test("sendOnce() lets the first submit through, and the next after the page was left", () => {
  const form = new EventTarget();
  const isSent = () =>
    form.dispatchEvent(new Event("submit", { cancelable: true }));
  const stop = sendOnce(form);

  const first = [isSent(), isSent(), isSent()];
  dispatchEvent(new Event("pageshow"));
  const back = [isSent(), isSent()];
  stop();
  const stopped = [isSent(), isSent()];

  deepEqual([first, back, stopped], [
    [true, false, false],
    [true, false],
    [true, true],
  ]);
});
