import { deepEqual } from "node:assert/strict";
import * as v from "valibot";
import { Channels, unreadIn } from "./channels_json.ts";

const text = (length: number) => "1".repeat(length);

Deno.test("[P9][P47] a coder or candidate is left out if a member is over its limit", () => {
  const coder = { coder: "OPUS" };
  const candidate = { addr: "192.0.2.66", rtp: 5_000 };
  const inCoder = (members: object) => ({ ch: [{ ...coder, ...members }] });
  const inCandidate = (members: object) => ({
    audio_ice: { candidate: [{ ...candidate, ...members }] },
  });
  const cases: [string, (members: object) => object, unknown, unknown][] = [
    ["coder", inCoder, text(32), text(33)],
    ["addr", inCoder, text(255), text(256)],
    ["port", inCoder, 65_535, 65_536],
    ["pt", inCoder, 127, 128],
    ["pt", inCoder, 0, -1],
    ["xmit", inCoder, 1_000, 1_001],
    ["xmit", inCoder, 0, -1],
    ["addr", inCandidate, text(255), text(256)],
    ["rtp", inCandidate, 65_535, 65_536],
    ["rtp", inCandidate, 0, -1],
    ["rtcp", inCandidate, "65535", "65536"],
    ["rtp_prio", inCandidate, 4_294_967_295, 4_294_967_296],
    ["rtp_prio", inCandidate, 0, -1],
    ["rtcp_prio", inCandidate, "4294967295", "4294967296"],
    ["r_addr", inCandidate, text(255), text(256)],
    ["r_rtp", inCandidate, 65_535, 65_536],
    ["r_rtcp", inCandidate, 65_535, 65_536],
    ["type", inCandidate, 3, 4],
    ["foundation", inCandidate, text(32), text(33)],
  ];
  for (const [member, put, largest, tooLarge] of cases) {
    const unread = [largest, tooLarge].map((value) =>
      unreadIn(put({ [member]: value })).map((one) => one.split(": ")[1])
    );

    deepEqual(unread, [[], [member]], `${member} ${tooLarge}`);
  }
});

Deno.test("[P9] Channels are rejected if a list or another member is over its limit", () => {
  const list = (length: number) => Array(length).fill({});
  const ice = (member: string) => (value: unknown) => ({
    audio_ice: { [member]: value },
  });
  const cases: [(value: unknown) => object, unknown, unknown][] = [
    [(source) => ({ source }), text(32), text(33)],
    [(ch) => ({ ch }), list(64), list(65)],
    [ice("candidate"), list(64), list(65)],
    [ice("usr"), text(256), text(257)],
    [ice("pwd"), text(256), text(257)],
    [ice("fingerprint"), text(256), text(257)],
  ];
  for (const [put, largest, tooLarge] of cases) {
    deepEqual(
      [largest, tooLarge].map((value) => v.is(Channels, put(value))),
      [true, false],
      JSON.stringify(put("")),
    );
  }
});
