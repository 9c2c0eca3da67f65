import { equal } from "node:assert/strict";
import { callbackText } from "./callback_text.ts";

Deno.test("callbackText() gives the slot, or the time from which a call is due", () => {
  const from = Date.UTC(2030, 0, 7, 8);
  const texts = { callbackSoon: "As soon as possible, from {time}" };
  const words = { texts, lang: "en-GB", zone: "Europe/Berlin" };
  const to = from + 1_800_000;

  equal(
    callbackText({ from }, words),
    "As soon as possible, from 7 Jan 2030, 09:00",
  );
  equal(
    callbackText({ from, to }, words).replace(/\s/g, " "),
    "7 Jan 2030, 09:00–09:30",
  );
});
