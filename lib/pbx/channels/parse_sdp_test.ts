import { deepEqual } from "node:assert/strict";
import { chromiumOffer } from "@/tests/support/channel_samples.ts";
import { parseSdp } from "./parse_sdp.ts";

Deno.test("[P9] an SDP of 16 media is read, one without any or with 17 is not", () => {
  const audio = chromiumOffer.slice(
    chromiumOffer.indexOf("m=audio"),
    chromiumOffer.indexOf("m=video"),
  );
  const session = chromiumOffer.slice(0, chromiumOffer.indexOf("m=audio"));

  const read = [0, 1, 16, 17].map((count) =>
    parseSdp(session + audio.repeat(count)).ok
  );

  deepEqual(read, [false, true, true, false]);
});
