import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { MediaMessage } from "@/lib/contact/ports.ts";
import { brief, callOver, TestBridge } from "@/tests/support/bridge.ts";
import { sampleAnswer, sampleOffer } from "@/tests/support/sdp.ts";

const withoutKey = (sdp: string) => sdp.replaceAll(/a=fingerprint.*\r\n/g, "");

const SDES = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwg";

/** The sections of an SDP as `audio 45541`. */
function sections(sdp: string): string[] {
  return [...sdp.matchAll(/^m=(\S+ \d+)/gm)].map(([, section = ""]) => section);
}

function sentTo(call: { commands: { all: unknown[] } }): unknown[] {
  return call.commands.all;
}

function channels(channels: MediaMessage) {
  return { type: "channels", channels } as const;
}

Deno.test("[CALL11] unencrypted, empty or oversized SDP ends the call", () => {
  const offers = [
    withoutKey(sampleOffer()),
    sampleOffer().split("m=audio")[0] ?? "",
    sampleOffer("voice").replace("m=audio 45541", "m=audio 0"),
  ];
  const answers = [withoutKey(sampleAnswer()), "v=0\r\n", "a".repeat(40_000)];

  const offered = offers.map((sdp) => {
    const bridge = new TestBridge();
    bridge.create();
    bridge.offer(sdp);
    return { ...bridge, rung: bridge.calls.length };
  });
  const answered = answers.map((sdp) => {
    const bridge = new TestBridge();
    const call = bridge.ring();
    call.emit({ type: "connected", sdp });
    return { ...bridge, hungUp: call.over };
  });

  for (const { told, rung } of offered) {
    equal(rung, 0);
    deepEqual(brief(told), ["Error", "CallInfo terminated"]);
    deepEqual(told[1], callOver(88));
  }
  for (const { told, hungUp } of answered) {
    ok(hungUp);
    deepEqual(brief(told), ["Error", "CallInfo terminated"]);
    deepEqual(told[1], callOver(88));
  }
});

Deno.test("[CALL12] video is rejected for a voice-only agent, and the visitor gets a matching answer", () => {
  const bridge = new TestBridge();

  const call = bridge.ring({ video: false });
  call.emit({ type: "connected", sdp: sampleAnswer("voice") });

  const { sdp, media } = call.call;
  equal(media, "voice");
  deepEqual(sections(sdp), ["audio 45541", "video 0"]);
  match(sdp, /^a=group:BUNDLE 0\r$/m);
  equal(sdp.match(/a=candidate|a=fingerprint/g)?.length, 2);
  const [told] = bridge.told;
  const answer = told && "sdp" in told ? told.sdp : "";
  deepEqual(sections(answer), ["audio 45541", "video 0"]);
  match(
    answer,
    /^m=video 0 .*\r\nc=IN IP4 0.0.0.0\r\na=inactive\r\na=mid:1\r$/m,
  );
});

Deno.test("[CALL12] a video-only offer to a voice-only agent ends the call", () => {
  const bridge = new TestBridge();
  bridge.create({ video: false });

  bridge.offer(sampleOffer().replace("m=audio 45541", "m=audio 0"));

  deepEqual(brief(bridge.told), ["Error", "CallInfo terminated"]);
});

Deno.test("[CALL12] a video offer from a voice-only agent doesn't reach the visitor", () => {
  const bridge = new TestBridge();
  const call = bridge.connect({ video: false });

  call.emit(channels({ cmd: "PROPOSAL", sdp: sampleOffer() }));

  const [told] = bridge.told;
  const offer = told && "sdp" in told ? told.sdp : "";
  deepEqual(sections(offer), ["audio 45541", "video 0"]);
});

Deno.test("[CALL13] an answer gets the media sections of its offer", () => {
  const bridge = new TestBridge();
  const call = bridge.ring();
  const [head = "", audio = "", video = ""] = sampleAnswer().split(/(?=^m=)/m);

  call.emit({ type: "connected", sdp: head + video + audio + video });
  const [swapped] = bridge.look();
  bridge.page.clearCall();
  bridge.look();
  bridge.ring().emit({ type: "connected", sdp: head + audio });
  const [missing] = bridge.look();

  equal(swapped && "sdp" in swapped && swapped.sdp, sampleAnswer());
  const sdp = missing && "sdp" in missing ? missing.sdp : "";
  deepEqual(sections(sdp), ["audio 45541", "video 0"]);
});

Deno.test("[CALL15] either side can offer and only the other side can answer", () => {
  const bridge = new TestBridge();
  const call = bridge.connect();
  const answer = { cmd: "SELECT", sdp: sampleAnswer() } as const;
  const offer = { cmd: "PROPOSAL", sdp: sampleOffer() } as const;
  const visitor = (media: MediaMessage) =>
    bridge.page.channels({ mt: "Channels", ...media });

  call.emit(channels(answer)); // Nobody has offered.
  visitor(answer);
  visitor(offer);
  call.emit(channels(answer));
  call.emit(channels(offer));
  visitor(answer);
  visitor({ cmd: "REQUEST" });
  call.emit(channels({ cmd: "CLOSE" }));

  deepEqual(sentTo(call), [
    channels(offer),
    channels(answer),
    channels({ cmd: "REQUEST" }),
  ]);
  deepEqual(bridge.told, [
    { mt: "Channels", ...answer },
    { mt: "Channels", ...offer },
    { mt: "Channels", cmd: "CLOSE" },
  ]);
});

Deno.test("[CALL16] if both sides send an offer, the agent's wins", () => {
  const bridge = new TestBridge();
  const call = bridge.connect();
  const offer = { cmd: "PROPOSAL", sdp: sampleOffer() } as const;
  const answer = { cmd: "SELECT", sdp: sampleAnswer() } as const;

  bridge.page.channels({ mt: "Channels", ...offer });
  call.emit(channels(offer));
  call.emit(channels(answer)); // To an offer that no longer counts.
  bridge.page.channels({ mt: "Channels", ...offer });
  bridge.page.channels({ mt: "Channels", ...answer });

  deepEqual(sentTo(call), [channels(offer), channels(answer)]);
  deepEqual(bridge.told, [{ mt: "Channels", ...offer }]);
});

Deno.test("[CALL17] unsafe SDP during a call is dropped, and the call continues", () => {
  const bridge = new TestBridge();
  const call = bridge.connect();
  const unsafe = { cmd: "PROPOSAL", sdp: withoutKey(sampleOffer()) } as const;

  bridge.page.channels({ mt: "Channels", ...unsafe });
  const visitor = bridge.look();
  call.emit(channels(unsafe));
  call.emit(channels({ cmd: "PROPOSAL", sdp: sampleOffer() }));
  bridge.page.channels({
    mt: "Channels",
    cmd: "SELECT",
    sdp: withoutKey(sampleAnswer()),
  });
  const plain = sampleOffer().replaceAll("UDP/TLS/RTP/SAVPF", "RTP/AVP");
  call.emit(channels({ cmd: "PROPOSAL", sdp: plain }));
  call.emit(channels({ cmd: "PROPOSAL", sdp: `${sampleOffer()}${SDES}\r\n` }));

  deepEqual(brief(visitor), ["Error"]);
  deepEqual(brief(bridge.told), ["Channels PROPOSAL", "Error"]);
  deepEqual(sentTo(call), []);
});

Deno.test("[CALL18] hold and key presses are delivered only while connected", () => {
  const bridge = new TestBridge();
  const call = bridge.ring();
  bridge.page.dtmf("1");
  call.emit({ type: "hold", held: true });
  call.emit({ type: "connected", sdp: sampleAnswer() });
  bridge.look();

  bridge.page.dtmf("12#");
  call.emit({ type: "hold", held: true });
  call.emit({ type: "hold", held: false });

  deepEqual(sentTo(call), [{ type: "dtmf", digits: "12#" }]);
  deepEqual(bridge.told, [
    { mt: "CallHold", held: true },
    { mt: "CallHold", held: false },
  ]);
});

Deno.test("[CALL19] the name after a transfer is delivered, even to a page that resumes", () => {
  const bridge = new TestBridge();
  const call = bridge.connect();

  call.emit({ type: "renamed", name: "Columbia" });
  bridge.page.away();
  bridge.page.back(0);

  const [renamed, again] = bridge.told;
  deepEqual(renamed, { mt: "CallName", dn: "Columbia" });
  deepEqual(again?.mt === "CallInfo" && "dn" in again && again.dn, "Columbia");
});

Deno.test("[CALL12] a voice-only agent's video stays rejected for a page that resumes", () => {
  const bridge = new TestBridge();
  const call = bridge.connect({ video: false });

  call.emit(channels({ cmd: "PROPOSAL", sdp: sampleOffer("video") }));
  const first = bridge.look();
  bridge.page.back(0);
  const again = bridge.look().filter(({ mt }) => mt === "Channels");

  deepEqual(again, first);
  const [offer] = again;
  ok(offer?.mt === "Channels" && offer.cmd === "PROPOSAL");
  deepEqual(sections(offer.sdp), ["audio 45541", "video 0"]);
});

Deno.test("[CALL17] an agent's offer or answer of more than 32,768 characters is dropped", () => {
  const bridge = new TestBridge();
  const call = bridge.connect();
  const long = (sdp: string) => `${sdp}a=x:${"y".repeat(32_768)}\r\n`;

  call.emit(channels({ cmd: "PROPOSAL", sdp: long(sampleOffer()) }));
  const offered = bridge.look();
  bridge.page.channels({ mt: "Channels", cmd: "PROPOSAL", sdp: sampleOffer() });
  call.emit(channels({ cmd: "SELECT", sdp: long(sampleAnswer()) }));
  const answered = bridge.look();
  call.emit(channels({ cmd: "SELECT", sdp: sampleAnswer() }));

  deepEqual([offered, answered], [[], []]);
  deepEqual(brief(bridge.look()), ["Channels SELECT"]);
});
