import { deepEqual } from "node:assert/strict";
import { chromiumOffer } from "@/tests/support/channel_samples.ts";
import { fromPage } from "./mod.ts";

const audioOffer = chromiumOffer.slice(0, chromiumOffer.indexOf("m=video"));

/** Returns the reason why an offer is rejected. */
function reasonOf(sdp: string): string | undefined {
  const read = fromPage(sdp, "voice");
  return read.ok ? undefined : read.error.reason;
}

Deno.test("[P8] audio of a page without ICE, or without a SHA-256 fingerprint, ends the call", () => {
  const cases: [RegExp, string, string][] = [
    [/a=ice-ufrag.*\r\n/, "", "no-ice"],
    [/a=ice-pwd.*\r\n/, "", "no-ice"],
    [/a=fingerprint.*\r\n/, "", "no-fingerprint"],
    [/sha-256/, "sha-1", "no-fingerprint"],
    [/(?<=a=fingerprint:sha-256 )../, "zz", "no-fingerprint"],
    [/(?<=a=fingerprint:sha-256 )..:/, "", "no-fingerprint"],
  ];
  for (const [line, text, reason] of cases) {
    deepEqual(reasonOf(audioOffer.replace(line, text)), reason, `${line}`);
  }
});

Deno.test("[P4] an offer without audio, or without a common coder for it, is rejected", () => {
  const unknown = audioOffer.replace(/(m=audio \S+ \S+) .*/, "$1 110 126");
  const rejected = audioOffer.replace(/m=audio \d+/, "m=audio 0");

  deepEqual(
    [audioOffer, unknown, rejected].map(reasonOf),
    [undefined, "no-coder", "no-audio"],
  );
});

Deno.test("[P9] a port of an offer is 65,535 at most", () => {
  const withPort = (port: number) =>
    reasonOf(audioOffer.replace(/m=audio \d+/, `m=audio ${port}`));

  deepEqual([1, 65_535, 65_536].map(withPort), [
    undefined,
    undefined,
    "unreadable",
  ]);
});

Deno.test("[P6] media of a page without a usable address have a placeholder", () => {
  const placeOf = (ip: string) => {
    const sdp = audioOffer.replaceAll(/a=candidate.*\r\n/g, "")
      .replace(/^c=.*$/m, `c=IN ${ip}`);
    const read = fromPage(sdp, "voice");
    const [first] = read.ok ? read.value.channels.ch : [];
    return `${first?.addr} ${first?.port}`;
  };

  deepEqual(
    ["IP4 0.0.0.0", "IP6 ::", "IP4 page.local", "IP6 fd00::2"].map(placeOf),
    ["0.0.0.0 9", "0.0.0.0 9", "0.0.0.0 9", "fd00::2 45541"],
  );
});
