import { deepEqual, equal } from "node:assert/strict";
import type { MediaMessage } from "@/lib/contact/ports.ts";
import { brief, TestBridge } from "@/tests/support/bridge.ts";
import { sampleAnswer, sampleOffer } from "@/tests/support/sdp.ts";

const SDES = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 " +
  "inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";

/** Offers and answers that have a fingerprint and could be sent another way. */
const UNSAFE: Record<string, (sdp: string) => string> = {
  "plain RTP": (sdp) => sdp.replaceAll("UDP/TLS/RTP/SAVPF", "RTP/AVP"),
  "plain RTP with feedback": (sdp) =>
    sdp.replaceAll("UDP/TLS/RTP/SAVPF", "RTP/AVPF"),
  "SRTP whose keys come another way": (sdp) =>
    sdp.replaceAll("UDP/TLS/RTP/SAVPF", "RTP/SAVP"),
  "one section of plain RTP": (sdp) =>
    sdp.replace(/(m=video \d+) \S+/, "$1 RTP/AVP"),
  "a profile in lower case": (sdp) =>
    sdp.replaceAll("UDP/TLS/RTP/SAVPF", "udp/tls/rtp/savpf"),
  "no profile": (sdp) => sdp.replace(/m=audio (\d+) .*/, "m=audio $1"),
  "a section of something else": (sdp) =>
    sdp.replace("m=video 45542 UDP/TLS/RTP/SAVPF", "m=image 45542 udptl"),
  "SDES keys beside the fingerprint": (sdp) =>
    sdp.replace("a=rtcp-mux", `a=rtcp-mux\r\n${SDES}`),
  "SDES keys for all sections": (sdp) =>
    sdp.replace("t=0 0", `t=0 0\r\n${SDES}`),
};
for (const [what, spoil] of Object.entries(UNSAFE)) {
  Deno.test(`[CALL11] an offer or answer with ${what} ends the call`, () => {
    const offered = new TestBridge();
    offered.create();
    offered.offer(spoil(sampleOffer()));
    const answered = new TestBridge();
    answered.ring().emit({ type: "connected", sdp: spoil(sampleAnswer()) });

    equal(offered.calls.length, 0);
    for (const { told } of [offered, answered]) {
      deepEqual(brief(told), ["Error", "CallInfo terminated"]);
    }
  });

  Deno.test(`[CALL17] an offer or answer with ${what} is dropped during a call`, () => {
    const bridge = new TestBridge();
    const call = bridge.connect();
    bridge.look();

    bridge.offer(spoil(sampleOffer()));
    call.emit(channels({ cmd: "PROPOSAL", sdp: spoil(sampleOffer()) }));
    bridge.offer(sampleOffer());
    call.emit(channels({ cmd: "SELECT", sdp: spoil(sampleAnswer()) }));
    const told = brief(bridge.look());

    deepEqual(told, ["Error"]);
    equal(call.commands.all.length, 1);
  });
}

for (
  const profile of [
    "UDP/TLS/RTP/SAVPF",
    "TCP/DTLS/RTP/SAVPF",
    "UDP/TLS/RTP/SAVP",
    "RTP/SAVPF",
  ]
) {
  Deno.test(`[CALL11] an offer with ${profile} and a fingerprint rings`, () => {
    const bridge = new TestBridge();
    bridge.create();

    bridge.offer(sampleOffer().replaceAll("UDP/TLS/RTP/SAVPF", profile));

    equal(bridge.calls.length, 1);
  });
}

Deno.test("[CALL11] a rejected media section needs no secure profile", () => {
  const bridge = new TestBridge();
  bridge.create();

  bridge.offer(sampleOffer().replace(/m=video \d+ \S+/, "m=video 0 RTP/AVP"));

  equal(bridge.calls.length, 1);
});

function channels(channels: MediaMessage) {
  return { type: "channels", channels } as const;
}
