import { deepEqual, equal, match, ok } from "node:assert/strict";
import {
  CallRun,
  channels,
  connected,
  dial,
  outgoing,
  PROPOSAL,
  SELECT,
  summary,
} from "@/tests/support/call_run.ts";
import { sampleAnswer, sampleOffer } from "@/tests/support/sdp.ts";
import { startCall } from "./call_leg.ts";

Deno.test("a call goes from setup to connected", () => {
  const call = dial();

  call.signal({ type: "call_proc" });
  call.signal({ type: "alert" });
  call.signal({
    type: "conn",
    ...SELECT,
    fty: [{ type: "name_identification", name: "Käthe" }],
  });

  const [setup] = call.signals;
  equal(setup?.type, "setup");
  deepEqual(setup?.cd, { sip: "atlantis" });
  equal(setup?.channel, -1);
  deepEqual(setup?.fty, [{ type: "name_identification", name: "Ada" }]);
  deepEqual(call.told.map(({ type }) => type), ["alerting", "connected"]);
  const connected = call.told.at(-1);
  ok(connected?.type === "connected");
  equal(connected.name, "Käthe");
  match(connected.sdp ?? "", /a=fingerprint:sha-256 DF:33/);
});

Deno.test("[P24] an early answer is held and delivered with connected", () => {
  for (const type of ["call_proc", "progress", "alert", "channels"] as const) {
    const call = dial();
    call.signal({ type, ...SELECT });
    ok(!call.told.some((event) => event.type !== "alerting"));

    call.signal({ type: "conn" });

    const connected = call.told.at(-1);
    ok(connected?.type === "connected" && connected.sdp !== undefined, type);
  }
});

Deno.test("[P24] an answer after conn is sent as channels", () => {
  const call = dial();
  call.signal({ type: "conn" });
  call.signal({ type: "channels", ...SELECT });
  call.signal({ type: "channels", ...SELECT }); // To nothing: ignored.

  deepEqual(call.told.map(summary), ["connected", "SELECT"]);
});

Deno.test("[P24] an offer before conn waits for it, and a REQUEST repeats the offer", () => {
  const call = dial();
  call.signal({ type: "alert", ...SELECT });
  call.signal({ type: "channels", ...PROPOSAL });
  call.signal({ type: "channels", channels_cmd: "REQUEST" });
  call.signal({ type: "conn" });

  deepEqual(call.told.map(summary), ["alerting", "connected sdp", "PROPOSAL"]);
  deepEqual(
    call.signals.map(({ type, channels_cmd }) => [type, channels_cmd]),
    [
      ["setup", "PROPOSAL"],
      ["channels", "PROPOSAL"],
    ],
  );
});

Deno.test("[P25] offers and answers cross the call in both directions", () => {
  const call = connected();

  call.command({
    type: "channels",
    channels: { cmd: "PROPOSAL", sdp: sampleOffer() },
  });
  call.signal({ type: "channels", ...SELECT });
  call.signal({ type: "channels", ...PROPOSAL });
  call.command({
    type: "channels",
    channels: { cmd: "SELECT", sdp: sampleAnswer() },
  });
  call.signal({ type: "channels", channels_cmd: "REQUEST" });
  call.command({ type: "channels", channels: { cmd: "REQUEST" } });
  call.signal({ type: "channels", channels_cmd: "CLOSE" });
  call.command({ type: "channels", channels: { cmd: "CLOSE" } });

  deepEqual(call.told.map(summary), [
    "SELECT",
    "PROPOSAL",
    "REQUEST",
    "hold",
    "CLOSE",
  ]);
  deepEqual(call.signals.map(({ channels_cmd }) => channels_cmd), [
    "PROPOSAL",
    "SELECT",
    "REQUEST",
    "CLOSE",
  ]);
  const versions = call.told.flatMap((event) =>
    event.type === "channels" && "sdp" in event.channels
      ? /o=- 1 (\d+)/.exec(event.channels.sdp)?.[1] ?? []
      : []
  );
  deepEqual(versions, ["2", "3"]);
});

Deno.test("[P25] only one offer is open, so a newer one of the page waits and the PBX's wins", () => {
  const waiting = connected();
  const offer = { cmd: "PROPOSAL", sdp: sampleOffer() } as const;
  waiting.command({ type: "channels", channels: offer });
  waiting.command({ type: "channels", channels: offer });
  equal(waiting.signals.length, 1);
  waiting.signal({ type: "channels", ...SELECT });
  equal(waiting.signals.length, 2);

  const glare = connected();
  glare.command({ type: "channels", channels: offer });
  glare.signal({ type: "channels", ...PROPOSAL });
  glare.signal({ type: "channels", ...SELECT }); // To the withdrawn offer.
  glare.command({ type: "channels", channels: offer });
  glare.command({
    type: "channels",
    channels: { cmd: "SELECT", sdp: sampleAnswer() },
  });

  deepEqual(glare.told.map(summary), ["PROPOSAL"]);
  deepEqual(glare.signals.map((s) => s.channels_cmd), ["PROPOSAL", "SELECT"]);
});

Deno.test("[P25] each SDP of a call has the next version, also of offers that replace one another", () => {
  const call = dial();
  call.signal({ type: "conn", ...SELECT });
  for (let n = 0; n < 3; n++) call.signal({ type: "channels", ...PROPOSAL });

  const versions = JSON.stringify(call.told).match(/(?<=o=- 1 )\d+/g);

  deepEqual(versions, ["1", "2", "3", "4"]);
});

Deno.test("hold and retrieve are delivered, and keys are signalled one by one", () => {
  const call = connected();

  call.signal({ type: "facility", fty: [{ type: "hold_notify" }] });
  call.signal({
    type: "facility",
    fty: [{ type: "retrieve_notify" }, { type: "new" }],
  });
  call.command({ type: "dtmf", digits: "1#" });

  deepEqual(call.told, [{ type: "hold", held: true }, {
    type: "hold",
    held: false,
  }]);
  deepEqual(
    call.signals.map(({ fty }) => fty),
    ["1", "#"].map((digit) => [
      { type: "innovaphone_remote_control", control: "DTMF_DIGIT", digit },
    ]),
  );
});

Deno.test("[P48] keys that the page sends in its audio aren't signalled too", () => {
  const sdp = sampleOffer().replace("SAVPF 111 8", "SAVPF 111 8 126")
    .replace("a=rtpmap:8 ", "a=rtpmap:126 telephone-event/8000\r\na=rtpmap:8 ");
  const started = startCall({ ...outgoing(), sdp });
  ok(started.ok);
  const call = new CallRun(started.value.state);
  call.signal({ type: "conn", ...SELECT });

  call.command({ type: "dtmf", digits: "1#" });

  deepEqual(call.signals, []);
});

Deno.test("[P8] a missing RTCP mux counts as true and is noted", () => {
  const { audio_rtcp_mux: _, ...absent } = channels;
  const call = dial();
  call.effects = [];

  call.signal({ type: "conn", channels_cmd: "SELECT", channels: absent });

  deepEqual(call.told.map(summary), ["connected sdp"]);
  deepEqual(call.problems, []);
  const notes = call.effects.flatMap((e) => e.type === "note" ? e.text : []);
  deepEqual(notes, [
    "media: audio_rtcp_mux is absent and taken for true, since a browser has no other way",
  ]);
});

Deno.test("[P8] a call that ends because of RTCP mux explains why", () => {
  const call = dial();
  const refused = { ...channels, audio_rtcp_mux: false };

  call.signal({ type: "conn", channels_cmd: "SELECT", channels: refused });

  deepEqual(call.told.at(-1), { type: "terminated", cause: 88 });
  deepEqual(call.problems, [
    "media: no-rtcp-mux: audio has RTCP on a port of its own, which no browser has: let the PBX relay it",
  ]);
});

Deno.test("[P8] an unencrypted answer ends the call with cause 88", () => {
  const open = {
    ...channels,
    audio_ice: { ...channels.audio_ice, fingerprint: "" },
  };
  const early = dial();
  early.signal({ type: "conn", channels_cmd: "SELECT", channels: open });
  const late = dial();
  late.signal({ type: "conn" });
  late.signal({ type: "channels", channels_cmd: "SELECT", channels: open });

  for (const call of [early, late]) {
    deepEqual(call.told.at(-1), { type: "terminated", cause: 88 });
    deepEqual(call.signals.at(-1), { type: "rel", cau: { num: 88 } });
    match(call.problems[0] ?? "", /no-fingerprint/);
  }
});

Deno.test("an unreadable offer of the PBX is counted as a problem, and the call continues", () => {
  const call = connected();

  call.signal({
    type: "channels",
    channels_cmd: "PROPOSAL",
    channels: { ch: 5 },
  });

  equal(call.state.state, "connected");
  deepEqual(call.told, []);
  equal(call.problems.length, 1);
});

Deno.test("an offer that isn't SDP is rejected before anything is signalled", () => {
  const started = startCall({ ...outgoing(), sdp: "hello" });

  equal(!started.ok && started.error.reason, "unreadable");
});
