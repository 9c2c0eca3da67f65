import { deepEqual } from "node:assert/strict";
import { sendOnce } from "./send_once.ts";

Deno.test("sendOnce() allows the first submit, and another one after leaving the page", () => {
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
