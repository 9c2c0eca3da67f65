import { deepEqual, equal, ok } from "node:assert/strict";
import { type Chance, property } from "@/tests/support/chance.ts";
import type { Candidate, Channels } from "./channels_json.ts";
import { answerForPage, fromPage, offerForPage } from "./mod.ts";
import { parseSdp } from "./parse_sdp.ts";

const HEX = "0123456789abcdef";
const ICE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const chromiumOffer = await Deno.readTextFile(
  new URL("./samples/chromium-offer.sdp", import.meta.url),
);

Deno.test("[P11] Channels -> offer -> Channels preserves everything we use", () => {
  property(300, (chance) => {
    const channels = anyChannels(chance);

    const offer = offerForPage(channels, { sections: [] }, {
      version: 1,
      allowed: "video",
    });

    ok(offer.ok);
    const back = fromPage(offer.value, "video");
    ok(back.ok);
    deepEqual(back.value.channels, channels);
  });
});

Deno.test("[P11] SDP -> Channels -> answer preserves mids and the order of sections", () => {
  property(300, (chance) => {
    const sdp = anyOffer(chance);
    const read = fromPage(sdp, chance.pick(["voice", "video"]));
    ok(read.ok);

    const answer = answerForPage(read.value.channels, read.value.page, 2);

    ok(answer.ok);
    const [offered, answered] = [parseSdp(sdp), parseSdp(answer.value)];
    ok(offered.ok && answered.ok);
    const places = (d: typeof offered.value) =>
      d.sections.map(({ mid, type }) => `${mid} ${type}`);
    deepEqual(places(answered.value), places(offered.value));
    answered.value.sections.forEach((section, i) => {
      const offer = offered.value.sections[i]?.media;
      if (section.media) ok(offer, "a rejected section stays rejected");
    });
    equal(answer.value.includes("BUNDLE"), false);
  });
});

Deno.test("[P12] no text makes the reader throw, and no JSON the writer", () => {
  property(400, (chance) => {
    const read = fromPage(mangled(chance, chromiumOffer), "video");
    const page = read.ok ? read.value.page : { sections: [] };
    const json = JSON.stringify(anyChannels(chance));

    answerForPage(broken(mangled(chance, json)), page, 1);
    offerForPage(anyJson(chance, 4), page, { version: 1, allowed: "voice" });
  });
});

function anyChannels(chance: Chance): Channels {
  const audio = some(chance, ["OPUS-WB", "G722", "G711u", "G711A"]);
  const video = chance.below(2) ? some(chance, ["VPB", "H264"]) : [];
  const place = { addr: ip(chance), port: 10 + chance.below(60_000) };
  let payload = 96;
  const channels: Channels = { source: "REMOTE", ch: [] };
  const xmit = chance.pick([10, 20, 30]);
  for (const coder of audio) {
    channels.ch.push({ coder, ...place, pt: payload++, xmit });
  }
  channels.audio_rtcp_mux = true;
  channels.audio_setup_role = chance.pick(["active", "passive", "actpass"]);
  channels.audio_ice = ice(chance);
  if (video.length === 0) return channels;
  for (const coder of video) {
    channels.ch.push({ coder, ...place, pt: payload++ });
  }
  channels.video_rtcp_mux = true;
  channels.video_setup_role = channels.audio_setup_role;
  channels.video_ice = ice(chance);
  return channels;
}

function ice(chance: Chance) {
  return {
    lite: chance.below(2) === 1,
    // A pure number is a text as well: the SDP parser must not round it.
    fingerprint: text(chance, HEX, 64),
    usr: chance.pick([text(chance, ICE, 4), text(chance, "123456789", 9)]),
    pwd: text(chance, ICE, 22 + chance.below(20)),
    candidate: Array.from({ length: chance.below(6) }, () => candidate(chance)),
  };
}

function candidate(chance: Chance): Candidate {
  const rtp = 1 + chance.below(65_535);
  const rtp_prio = chance.below(2 ** 31);
  const candidate: Candidate = {
    addr: ip(chance),
    type: chance.pick([0, 1, 2, 3]),
    foundation: text(chance, ICE, 1 + chance.below(20)),
    rtp,
    rtcp: rtp,
    rtp_prio,
    rtcp_prio: rtp_prio,
  };
  if (candidate.type !== 0) {
    const r_rtp = 1 + chance.below(65_535);
    Object.assign(candidate, { r_addr: ip(chance), r_rtp, r_rtcp: r_rtp });
  }
  return candidate;
}

function anyOffer(chance: Chance): string {
  const mids = chance.pick([["0", "1", "2", "3"], ["audio", "v", "007", "d"]]);
  const kinds = chance.pick([
    ["audio"],
    ["audio", "video"],
    ["video", "audio"],
    ["application", "audio", "video"],
    ["audio", "video", "audio", "video"],
  ]);
  const media = kinds.map((kind, i) => section(chance, kind, mids[i] ?? "x"));
  return [
    "v=0",
    "o=- 1 1 IN IP4 127.0.0.1",
    "s=-",
    "t=0 0",
    ...media.flat(),
    "",
  ]
    .join("\r\n");
}

function section(chance: Chance, kind: string, mid: string): string[] {
  if (kind === "application") {
    return ["m=application 9 UDP/DTLS/SCTP webrtc-datachannel", `a=mid:${mid}`];
  }
  const rejected = mid !== "0" && kind === "video" && chance.below(3) === 0;
  const codec = kind === "audio" ? "opus/48000/2" : "VP8/90000";
  const { fingerprint, usr, pwd } = ice(chance);
  return [
    `m=${kind} ${rejected ? 0 : 9} UDP/TLS/RTP/SAVPF 100 63`,
    "c=IN IP4 0.0.0.0",
    `a=mid:${mid}`,
    `a=ice-ufrag:${usr}`,
    `a=ice-pwd:${pwd}`,
    `a=fingerprint:sha-256 ${
      fingerprint.match(/../g)?.join(":").toUpperCase()
    }`,
    `a=${chance.pick(["sendrecv", "sendonly", "recvonly"])}`,
    "a=setup:actpass",
    "a=rtcp-mux",
    `a=rtpmap:100 ${codec}`,
    "a=rtpmap:63 red/48000/2",
    `a=candidate:7 1 udp 99 ${ip(chance)} 5000 typ host generation 0`,
  ];
}

function ip(chance: Chance): string {
  return chance.pick([
    `192.0.2.${1 + chance.below(250)}`,
    `2001:db8::${(1 + chance.below(60_000)).toString(16)}`,
  ]);
}

function some<T>(chance: Chance, items: [T, ...T[]]): T[] {
  const chosen = items.filter(() => chance.below(2));
  return chosen.length > 0 ? chosen : [items[0]];
}

function text(chance: Chance, letters: string, length: number): string {
  return Array.from({ length }, () => letters[chance.below(letters.length)])
    .join("");
}

/** Cuts, doubles, swaps and overwrites pieces of a text. */
function mangled(chance: Chance, whole: string): string {
  let result = whole;
  for (let n = 1 + chance.below(8); n > 0; n--) {
    const at = chance.below(result.length);
    const end = at + chance.below(40);
    const piece = chance.pick([
      "",
      result.slice(at, end).repeat(2),
      "\u0000",
      "9".repeat(30),
      "m=audio",
      '"ch":[',
      "null",
      "\r\na=mid:__proto__\r\n",
    ]);
    result = result.slice(0, at) + piece + result.slice(end);
  }
  return result;
}

function broken(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

function anyJson(chance: Chance, depth: number): unknown {
  const names = ["ch", "audio_ice", "candidate", "coder", "pt", "usr", "type"];
  if (depth === 0) {
    return chance.pick<unknown>([null, true, -1, 1e99, "", "x".repeat(9), {}]);
  }
  if (chance.below(3) === 0) return [anyJson(chance, depth - 1)];
  return Object.fromEntries(
    names.filter(() => chance.below(2)).map((name) => [
      name,
      anyJson(chance, depth - 1),
    ]),
  );
}
