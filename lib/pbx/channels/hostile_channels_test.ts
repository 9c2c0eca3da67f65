import { deepEqual, equal, match, ok } from "node:assert/strict";
import { answerForPage, fromPage, unreadIn } from "./mod.ts";
import {
  chromiumOffer,
  offered,
  sectionsOf,
  werift,
} from "../../../tests/support/channel_samples.ts";

Deno.test("[P8] Channels that would leave a call unencrypted or silent are rejected", () => {
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

Deno.test("[P8] video without a fingerprint is rejected, and the voice call continues", () => {
  const { page } = offered("video");

  const answer = answerForPage({ ...werift, video_ice: {} }, page, 1);

  ok(answer.ok);
  deepEqual(sectionsOf(answer.value), ["0 audio open", "1 video rejected"]);
});

Deno.test("[P9] hostile Channels are rejected, naming the invalid member", () => {
  const { page } = offered("video");
  const injected = "x\r\na=fingerprint:sha-256 00";
  const ice = werift.audio_ice;
  const cases: [RegExp, unknown][] = [
    [/^channels/, null],
    [/^channels/, "SELECT"],
    [/^ch: /, { ...werift, ch: {} }],
    [/^ch: /, { ...werift, ch: Array(65).fill(werift.ch[0]) }],
    [/^audio_ice\.usr/, { ...werift, audio_ice: { ...ice, usr: injected } }],
    [/^audio_ice\.pwd/, { ...werift, audio_ice: { ...ice, pwd: "a\nb" } }],
    [/^audio_ice\.fingerprint/, {
      ...werift,
      audio_ice: { ...ice, fingerprint: injected },
    }],
  ];
  for (const [where, channels] of cases) {
    const answer = answerForPage(channels, page, 1);
    ok(!answer.ok);
    equal(answer.error.reason, "unreadable");
    match(answer.error.text, where);
  }
});

Deno.test("[P47] an unreadable coder or candidate is dropped and named", () => {
  const { page } = offered("video");
  const [opus] = werift.ch;
  const foundation = "x\r\na=fingerprint:sha-256 00";
  const channels = {
    ...werift,
    ch: [{ ...opus, pt: 128 }, { ...opus, port: -1 }, "opus", ...werift.ch],
    audio_ice: {
      ...werift.audio_ice,
      candidate: [
        { addr: "192.0.2.66", rtp: 1, foundation },
        { addr: "192.0.2.66", rtp: 70_000 },
        { addr: "192.0.2.66", rtp: 5, type: 4 },
        { addr: "192.0.2.66" },
        ...werift.audio_ice.candidate,
      ],
    },
  };

  const answer = answerForPage(channels, page, 1);

  deepEqual(answer, answerForPage(werift, page, 1));
  const all = unreadIn(channels);
  equal(all.filter((one) => one.startsWith("a coder")).length, 3);
  equal(all.filter((one) => one.startsWith("a candidate")).length, 4);
  match(all[0] ?? "", /^a coder was left out: pt: must be at most 127/);
  for (const none of [undefined, null, "SELECT", { ch: {} }, werift]) {
    deepEqual(unreadIn(none), []);
  }
});

Deno.test("[P47] values are parsed in every notation that PBXs use", () => {
  const { page } = offered("video");
  const fingerprint = werift.audio_ice.fingerprint;
  const plain = answerForPage(werift, page, 1);
  ok(plain.ok);
  const audio = (members: object) => ({
    ...werift,
    audio_ice: { ...werift.audio_ice, ...members },
  });
  const typed = (type: unknown) =>
    audio({
      candidate: werift.audio_ice.candidate.map((one: object) => ({
        ...one,
        type,
      })),
    });
  const asText = werift.audio_ice.candidate.map((one: object) =>
    Object.fromEntries(
      Object.entries(one).map(([name, value]) => [name, String(value)]),
    )
  );
  const [opus, ...others] = werift.ch;
  const same: [string, unknown][] = [
    ["numbers as text", audio({ candidate: asText })],
    ["pt as text", { ...werift, ch: [{ ...opus, pt: "111" }, ...others] }],
    ["lite 0", audio({ lite: 0 })],
    ["mux 1", { ...werift, audio_rtcp_mux: 1 }],
    ["mux null", { ...werift, audio_rtcp_mux: null }],
    ["no role", { ...werift, audio_setup_role: "" }],
    ["role none", { ...werift, audio_setup_role: "none" }],
    ["with algorithm", audio({ fingerprint: `sha-256 ${fingerprint}` })],
    [
      "as object",
      audio({ fingerprint: { algorithm: "sha-256", value: fingerprint } }),
    ],
    ["pt of another coder", {
      ...werift,
      ch: [...werift.ch, { coder: "G729", pt: -1 }],
    }],
  ];
  for (const [what, channels] of same) {
    deepEqual(answerForPage(channels, page, 1), plain, what);
  }
  for (const [number, name] of ["host", "srflx", "prflx", "relay"].entries()) {
    for (const type of [name, number, String(number)]) {
      const answer = answerForPage(typed(type), page, 1);
      const types = answer.ok && answer.value.match(/(?<= typ )\w+/g);
      deepEqual(types && new Set(types), new Set([name, "host"]), `${type}`);
    }
  }
});

Deno.test("[P47] a valid packet time is kept, and 0 means none", () => {
  const { page } = offered("video");
  const [opus, ...others] = werift.ch;
  const told = [0, 1, 30, 1_000, 1_001, -1].map((xmit) => {
    const channels = { ...werift, ch: [{ ...opus, xmit }, ...others] };
    const answer = answerForPage(channels, page, 1);
    const sdp = answer.ok ? answer.value : answer.error.reason;
    return [/a=ptime:(\d+)/.exec(sdp)?.[1], unreadIn(channels).length];
  });

  deepEqual(told, [
    ...[[undefined, 0], ["1", 0], ["30", 0], ["1000", 0]],
    ...[[undefined, 1], [undefined, 1]],
  ]);
});

Deno.test("[P9] an invalid address never reaches the SDP", () => {
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
