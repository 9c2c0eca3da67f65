import { deepEqual, equal, match, ok } from "node:assert/strict";
import { answerForPage, fromPage } from "./mod.ts";
import {
  chromiumOffer,
  offered,
  sectionsOf,
  werift,
} from "../../../tests/support/channel_samples.ts";

Deno.test("[P8] what would leave a call unencrypted or without sound is refused", () => {
  const { page } = offered("video");
  const cases: [string, unknown][] = [
    ["no-fingerprint", {
      ...werift,
      audio_ice: { ...werift.audio_ice, fingerprint: "" },
    }],
    ["no-fingerprint", {
      ...werift,
      audio_ice: { ...werift.audio_ice, fingerprint: "ab" },
    }],
    ["no-ice", { ...werift, audio_ice: { ...werift.audio_ice, pwd: "short" } }],
    ["no-rtcp-mux", { ...werift, audio_rtcp_mux: false }],
    ["no-audio", { ...werift, ch: werift.ch.slice(1) }],
    ["no-audio", { ...werift, ch: [{ coder: "G729", pt: 18 }] }],
    ["no-audio", {}],
  ];
  for (const [reason, channels] of cases) {
    const answer = answerForPage(channels, page, 1);
    equal(!answer.ok && answer.error.reason, reason);
  }
});

Deno.test("[P8] video without a fingerprint is rejected, the voice call goes on", () => {
  const { page } = offered("video");

  const answer = answerForPage({ ...werift, video_ice: {} }, page, 1);

  ok(answer.ok);
  deepEqual(sectionsOf(answer.value), ["0 audio open", "1 video rejected"]);
});

Deno.test("[P9] hostile Channels are refused with the member that is wrong", () => {
  const { page } = offered("video");
  const injected = "x\r\na=fingerprint:sha-256 00";
  const ice = werift.audio_ice;
  const cases: [RegExp, unknown][] = [
    [/^channels/, null],
    [/^channels/, "SELECT"],
    [/^ch: /, { ...werift, ch: {} }],
    [/^ch: /, { ...werift, ch: Array(65).fill(werift.ch[0]) }],
    [/^ch\.0\.pt/, { ...werift, ch: [{ ...werift.ch[0], pt: 128 }] }],
    [/^ch\.0\.port/, { ...werift, ch: [{ ...werift.ch[0], port: -1 }] }],
    [/^audio_ice\.usr/, { ...werift, audio_ice: { ...ice, usr: injected } }],
    [/^audio_ice\.pwd/, { ...werift, audio_ice: { ...ice, pwd: "a\nb" } }],
    [/^audio_ice\.fingerprint/, {
      ...werift,
      audio_ice: { ...ice, fingerprint: injected },
    }],
    [/^audio_ice\.candidate\.0\.foundation/, {
      ...werift,
      audio_ice: {
        ...ice,
        candidate: [{ addr: "192.0.2.2", rtp: 1, foundation: injected }],
      },
    }],
    [/^audio_setup_role/, { ...werift, audio_setup_role: "both" }],
  ];
  for (const [where, channels] of cases) {
    const answer = answerForPage(channels, page, 1);
    ok(!answer.ok);
    equal(answer.error.reason, "unreadable");
    match(answer.error.text, where);
  }
});

Deno.test("[P9] an address that is none never reaches the SDP", () => {
  const { page } = offered("video");
  const addr = "192.0.2.2\r\na=setup:passive";
  const channels = {
    ...werift,
    ch: werift.ch.map((entry: object) => ({ ...entry, addr })),
    audio_ice: {
      ...werift.audio_ice,
      candidate: [{ addr, rtp: 5, r_addr: addr }],
    },
  };

  const answer = answerForPage(channels, page, 1);

  ok(answer.ok);
  ok(!answer.value.includes("passive"));
});

Deno.test("[P10] the answerer takes the DTLS role that the offer leaves", () => {
  const roleOf = (offer: string, role: string) => {
    const read = fromPage(chromiumOffer.replaceAll("actpass", offer), "voice");
    ok(read.ok);
    const channels = { ...werift, audio_setup_role: role };
    const answer = answerForPage(channels, read.value.page, 1);
    return answer.ok && /a=setup:(\w+)/.exec(answer.value)?.[1];
  };

  deepEqual([
    roleOf("actpass", "passive"),
    roleOf("actpass", "actpass"),
    roleOf("actpass", "holdconn"),
    roleOf("active", "active"),
    roleOf("passive", "passive"),
  ], ["passive", "active", "active", "passive", "active"]);
});
