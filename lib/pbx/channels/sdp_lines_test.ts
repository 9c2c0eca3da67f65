import { deepEqual, equal, match, ok } from "node:assert/strict";
import {
  chromiumOffer,
  offered,
  werift,
} from "@/tests/support/channel_samples.ts";
import { answerForPage, fromPage, offerForPage } from "./mod.ts";

const audioOffer = chromiumOffer.slice(0, chromiumOffer.indexOf("m=video"));
const FIRST = { version: 1, allowed: "video" } as const;

/** Returns the PBX's offer with these coders, for a page without a call. */
function offerOf(ch: object[]): string {
  const channels = { ...werift, ch };
  const offer = offerForPage(channels, { sections: [] }, FIRST);
  ok(offer.ok);
  return offer.value;
}

Deno.test("[P1] an SDP begins with the lines that RFC 8866 requires", () => {
  const answer = answerForPage(werift, offered("video").page, 7);

  ok(answer.ok);
  deepEqual(answer.value.split("\r\n").slice(0, 5), [
    "v=0",
    "o=- 1 7 IN IP4 127.0.0.1",
    "s=-",
    "t=0 0",
    "m=audio 34672 UDP/TLS/RTP/SAVPF 111 101",
  ]);
});

Deno.test("[P1] coders without a payload type get their usual one, with the name and parameters of each", () => {
  const names = ["OPUS-WB", "G722", "G711u", "G711A", "VPB", "H264"];

  const offer = offerOf(names.map((coder) => ({ coder })));

  deepEqual(
    offer.match(/^a=(rtpmap|fmtp):.*$/gm),
    [
      "a=rtpmap:109 opus/48000/2",
      "a=rtpmap:9 G722/8000",
      "a=rtpmap:0 PCMU/8000",
      "a=rtpmap:8 PCMA/8000",
      "a=rtpmap:101 telephone-event/8000",
      "a=fmtp:109 minptime=10;useinbandfec=1",
      "a=rtpmap:107 VP8/90000",
      "a=rtpmap:102 H264/90000",
      "a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
    ].toSorted((a, b) => offer.indexOf(a) - offer.indexOf(b)),
  );
});

Deno.test("[P1] an answer repeats the parameters of the page's own coders", () => {
  const own = chromiumOffer.replace(
    "a=fmtp:111 minptime=10",
    "a=fmtp:111 own=1",
  );
  const read = fromPage(own, "video");
  ok(read.ok);

  const answer = answerForPage(werift, read.value.page, 1);

  ok(answer.ok);
  match(answer.value, /^a=fmtp:111 own=1;/m);
});

Deno.test("[P1] only video gets requests for key frames", () => {
  const [audio, video] = offerOf([{ coder: "OPUS-WB" }, { coder: "VPB" }])
    .split("m=").slice(1)
    .map((lines) => lines.match(/^a=rtcp-fb:.*$/gm));

  deepEqual(audio, null);
  deepEqual(video, ["a=rtcp-fb:107 ccm fir", "a=rtcp-fb:107 nack pli"]);
});

Deno.test("[P1] the packet time of a page is kept, and 20 ms without one", () => {
  const xmitOf = (line: string) => {
    const read = fromPage(audioOffer + line, "voice");
    return read.ok && read.value.channels.ch.map(({ xmit }) => xmit)[0];
  };

  deepEqual(
    ["", "a=ptime:0\r\n", "a=ptime:1\r\n", "a=ptime:30\r\n"].map(xmitOf),
    [20, 20, 1, 30],
  );
});

Deno.test("[P2] an answer repeats the page's protocol", () => {
  const other = chromiumOffer.replaceAll("UDP/TLS/RTP/SAVPF", "RTP/SAVPF");
  const read = fromPage(other, "video");
  ok(read.ok);

  const answer = answerForPage(werift, read.value.page, 1);

  ok(answer.ok);
  deepEqual(answer.value.match(/^m=\w+ \d+ \S+/gm), [
    "m=audio 34672 RTP/SAVPF",
    "m=video 42834 RTP/SAVPF",
  ]);
});

Deno.test("[P5] new media of the PBX get mids that the page doesn't use", () => {
  const midsOf = (sdp: string) => sdp.match(/(?<=^a=mid:).*$/gm);
  const read = fromPage(audioOffer.replace("a=mid:0", "a=mid:1"), "video");
  ok(read.ok);

  const offer = offerForPage(werift, read.value.page, FIRST);

  ok(offer.ok);
  deepEqual(midsOf(offer.value), ["1", "2"]);
  deepEqual(midsOf(offerOf(werift.ch)), ["0", "1"]);
});

Deno.test("[P6] media of the PBX go to the coder's address, otherwise to the best candidate", () => {
  const candidate = [
    { addr: "192.0.2.1", rtp: 4_001, rtp_prio: 1 },
    { addr: "192.0.2.2", rtp: 4_002, rtp_prio: 2 },
  ];
  const placeOf = (place: object, candidates: object[] = candidate) => {
    const audio_ice = { ...werift.audio_ice, candidate: candidates };
    const ch = [{ coder: "OPUS-WB", ...place }];
    const answer = answerForPage(
      { ...werift, ch, audio_ice },
      offered("voice").page,
      1,
    );
    ok(answer.ok);
    const [, port, ip] =
      /m=audio (\d+) .*\r\nc=IN IP4 (.*)/.exec(answer.value) ??
        [];
    return `${ip} ${port}`;
  };

  equal(placeOf({ addr: "192.0.2.3", port: 1 }), "192.0.2.3 1");
  equal(placeOf({ addr: "192.0.2.3" }), "192.0.2.2 4002");
  equal(placeOf({ addr: "192.0.2.3", port: 0 }), "192.0.2.2 4002");
  equal(placeOf({ addr: "0.0.0.0", port: 5_000 }), "192.0.2.2 4002");
  equal(placeOf({ addr: "pbx.local", port: 5_000 }), "192.0.2.2 4002");
  equal(placeOf({}, []), "0.0.0.0 9");
});
