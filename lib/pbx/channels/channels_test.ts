import { deepEqual, equal, match, ok } from "node:assert/strict";
import { answerForPage, fromPage, offerForPage } from "./mod.ts";
import {
  chromiumOffer,
  offered,
  sample,
  sectionsOf,
  werift,
} from "../../../tests/support/channel_samples.ts";

Deno.test("[P1] Chromium's offer becomes the sample Channels", async () => {
  const expected = JSON.parse(await sample("channels-proposal.json"));

  const read = fromPage(chromiumOffer, "video");

  ok(read.ok);
  deepEqual(read.value.channels, expected);
});

Deno.test("[P1] an answer's SDP converts back to the same Channels", async () => {
  const read = fromPage(await sample("rebuilt-answer.sdp"), "video");

  ok(read.ok);
  const [audio, video] = read.value.channels.ch;
  // The sample has 0.0.0.0 port 9; the best candidate is a place (2.2).
  deepEqual([audio?.addr, audio?.port], ["192.0.2.2", 34672]);
  deepEqual([video?.addr, video?.port], ["192.0.2.2", 42834]);
  deepEqual({ ...read.value.channels, ch: [] }, { ...werift, ch: [] });
});

Deno.test("[P2] an answer has the offer's sections in order, without BUNDLE", () => {
  const { page } = offered("video");

  const answer = answerForPage(werift, page, 7);

  ok(answer.ok);
  const lines = answer.value.split("\r\n");
  deepEqual(lines.filter((line) => /^(m=|a=mid|a=group)/.test(line)), [
    "m=audio 34672 UDP/TLS/RTP/SAVPF 111 101",
    "a=mid:0",
    "m=video 42834 UDP/TLS/RTP/SAVPF 96",
    "a=mid:1",
  ]);
  ok(lines.includes("o=- 1 7 IN IP4 127.0.0.1"));
  ok(lines.includes("a=setup:active"));
  ok(lines.includes("a=rtpmap:111 opus/48000/2"));
  match(answer.value, /a=fingerprint:sha-256 DF:33:77:A9/);
});

Deno.test("[P3] a voice call neither offers nor accepts video", () => {
  const { channels, page } = offered("voice");

  const answer = answerForPage(werift, page, 1);
  const reoffer = offerForPage(werift, page, { version: 2, allowed: "voice" });

  deepEqual(channels.ch.map(({ coder }) => coder), [
    "OPUS-WB",
    "G722",
    "G711u",
    "G711A",
  ]);
  equal(channels.video_ice, undefined);
  ok(answer.ok && reoffer.ok);
  match(answer.value, /m=video 0 UDP\/TLS\/RTP\/SAVPF 96 97/);
  match(reoffer.value, /m=video 0 /);
});

Deno.test("[P4] a section that the PBX doesn't answer is rejected", () => {
  const { page } = offered("video");
  const voiceOnly = {
    ...werift,
    ch: werift.ch.slice(0, 1),
    video_ice: undefined,
  };
  delete voiceOnly.video_ice;

  const answer = answerForPage(voiceOnly, page, 1);

  ok(answer.ok);
  match(answer.value, /m=video 0 .*\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\na=inact/);
});

Deno.test("[P4] a data channel and a second camera keep their position and are rejected", () => {
  const extra = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n" +
    "c=IN IP4 0.0.0.0\r\na=mid:data\r\na=sctp-port:5000\r\n";
  const second = chromiumOffer.slice(chromiumOffer.indexOf("m=video"))
    .replace("a=mid:1", "a=mid:2");
  const read = fromPage(chromiumOffer + extra + second, "video");
  ok(read.ok);

  const answer = answerForPage(werift, read.value.page, 1);

  ok(answer.ok);
  deepEqual(sectionsOf(answer.value), [
    "0 audio open",
    "1 video open",
    "data application rejected",
    "2 video rejected",
  ]);
});

Deno.test("[P5] a PBX offer keeps the call's sections and appends new media", () => {
  const read = fromPage(withoutVideo(chromiumOffer), "video");
  ok(read.ok);

  const offer = offerForPage(werift, read.value.page, {
    version: 3,
    allowed: "video",
  });

  ok(offer.ok);
  deepEqual(sectionsOf(offer.value), ["0 audio open", "1 video open"]);
  match(offer.value, /a=rtpmap:96 VP8\/90000/);
});

Deno.test("[P5] an answer mirrors the direction of the page's offer, and an offer of the PBX has both directions", () => {
  const mirrored: [offered: string, answered: string][] = [
    ["sendrecv", "sendrecv"],
    ["sendonly", "recvonly"],
    ["recvonly", "sendonly"],
    ["inactive", "inactive"],
  ];
  for (const [offered, answered] of mirrored) {
    const sdp = chromiumOffer.replaceAll("a=sendrecv", `a=${offered}`);
    const read = fromPage(sdp, "video");
    ok(read.ok);
    const { page } = read.value;

    const answer = answerForPage(werift, page, 1);
    const offer = offerForPage(werift, page, { version: 2, allowed: "video" });

    deepEqual(
      [answer, offer].map((made) => made.ok && directionsIn(made.value)),
      [[answered, answered], ["sendrecv", "sendrecv"]],
    );
  }
});

Deno.test("[P6] TCP, mDNS and zoned candidates are dropped, IPv6 is kept", () => {
  const hidden = chromiumOffer.replaceAll(
    "a=ice-ufrag",
    "a=candidate:1 1 udp 1 3b0ef8ba.local 4444 typ host\r\n" +
      "a=candidate:2 1 udp 1 fe80::1%eth0 4445 typ host\r\n" +
      "a=candidate:nonsense\r\na=candidate:3 1 udp x y z typ host\r\n" +
      "a=ice-ufrag",
  );

  const read = fromPage(hidden, "video");

  ok(read.ok);
  const addresses = read.value.channels.audio_ice?.candidate?.map((c) =>
    c.addr
  );
  deepEqual(addresses, ["192.0.2.2", "fd00::2"]);
});

Deno.test("[P6] RTP and RTCP of one address are a single candidate if not muxed", () => {
  const sdp = withoutVideo(chromiumOffer).replace("a=rtcp-mux\r\n", "").replace(
    "a=ice-ufrag",
    "a=candidate:89802663 2 udp 2122194686 192.0.2.2 45542 typ host\r\n" +
      "a=candidate:5 1 udp 41 198.51.100.7 50000 typ srflx raddr 192.0.2.2 rport 45541\r\n" +
      "a=candidate:5 2 udp 40 198.51.100.7 50001 typ srflx raddr 192.0.2.2 rport 45542\r\n" +
      "a=ice-ufrag",
  );

  const read = fromPage(sdp, "voice");

  ok(read.ok);
  const { audio_rtcp_mux, audio_ice } = read.value.channels;
  equal(audio_rtcp_mux, false);
  deepEqual(audio_ice?.candidate?.[0]?.rtcp, 45542);
  deepEqual(audio_ice?.candidate?.at(-1), {
    addr: "198.51.100.7",
    type: 1,
    foundation: "5",
    rtp: 50000,
    rtcp: 50001,
    rtp_prio: 41,
    rtcp_prio: 40,
    r_addr: "192.0.2.2",
    r_rtp: 45541,
    r_rtcp: 45542,
  });
});

Deno.test("[P6] a candidate of the PBX without a port is dropped", () => {
  const { page } = offered("voice");
  const candidate = [0, 1, 2].map((rtp) => ({ addr: "192.0.2.66", rtp }));
  const ice = { ...werift.audio_ice, candidate };

  const answer = answerForPage({ ...werift, audio_ice: ice }, page, 1);

  ok(answer.ok);
  const ports = [
    ...answer.value.matchAll(/^a=candidate:.* 192\.0\.2\.66 (\d+)/gm),
  ]
    .map(([, port]) => port);
  deepEqual(ports, ["1", "2"]);
});

Deno.test("[P6] media go to the address of an SDP, unless that is a placeholder", () => {
  const placeOf = (ip: string, port: number) => {
    const sdp = withoutVideo(chromiumOffer)
      .replace(/^m=audio \d+/m, `m=audio ${port}`)
      .replaceAll(/^c=IN IP4 .*$/gm, `c=IN IP4 ${ip}`);
    const read = fromPage(sdp, "voice");
    ok(read.ok);
    const [first] = read.value.channels.ch;
    return [first?.addr, first?.port];
  };

  deepEqual(placeOf("198.51.100.1", 4_000), ["198.51.100.1", 4_000]);
  const best = placeOf("0.0.0.0", 4_000);
  deepEqual(placeOf("198.51.100.1", 9), best);
  equal(best[0], "fd00::2", "the best candidate");
});

Deno.test("[P7] fingerprint and ICE above the first m-line apply to all media", () => {
  const own = /a=(ice-ufrag|ice-pwd|fingerprint|setup):.*\r\n/g;
  const lines = [...new Set(chromiumOffer.match(own))].join("");
  const shared = chromiumOffer.replaceAll(own, "").replace(
    "m=audio",
    `${lines}m=audio`,
  );

  const read = fromPage(shared, "video");

  ok(read.ok);
  deepEqual(read.value.channels, offered("video").channels);
});

function withoutVideo(sdp: string): string {
  return sdp.slice(0, sdp.indexOf("m=video"));
}

function directionsIn(sdp: string): string[] {
  return sdp.match(/(?<=^a=)(sendrecv|sendonly|recvonly|inactive)$/gm) ?? [];
}
