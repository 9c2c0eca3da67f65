import { deepEqual, equal, ok } from "node:assert/strict";
import { chromiumOffer } from "@/tests/support/channel_samples.ts";
import { coderByName, coderByStaticPayload } from "./coders.ts";
import { fromPage } from "./mod.ts";

Deno.test("[P1] only static payload types are known without an rtpmap", () => {
  const bare = chromiumOffer.replaceAll(
    /a=rtpmap:\d+ (PCM|G722|opus).*\r\n/g,
    "",
  );

  const read = fromPage(bare, "voice");

  ok(read.ok);
  deepEqual(read.value.channels.ch.map(({ coder, pt }) => [coder, pt]), [
    ["G722", 9],
    ["G711u", 0],
    ["G711A", 8],
  ]);
});

Deno.test("[P1] coderByStaticPayload() returns nothing for dynamic payload types", () => {
  const known = Array.from({ length: 128 }, (_, payload) => payload)
    .flatMap((payload) => coderByStaticPayload(payload)?.name ?? []);

  deepEqual(known, ["G711u", "G711A", "G722"]);
});

Deno.test("[P1] coderByName() ignores case and maps OPUS-NB to Opus", () => {
  equal(coderByName("g711U")?.codec, "PCMU");
  equal(coderByName("OPUS-NB"), coderByName("OPUS-WB"));
  equal(coderByName("G729"), undefined);
});
