import { deepEqual, equal } from "node:assert/strict";
import { turn } from "@/tests/support/desk_room.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { FakeMedia } from "@/tests/support/fake_media.ts";
import { Rung, sdpOf } from "@/tests/support/rung_desk.ts";
import { sampleOffer } from "@/tests/support/sdp.ts";
import { CallMedia } from "./call_media.ts";
import type { MediaOut } from "./desk_state.ts";
import { mediaOf } from "./desk.ts";

const say = (rung: Rung, channels: MediaOut) =>
  rung.leg.send({ type: "channels", channels });

Deno.test("a browser that never responds ends the call 20 s after Answer and tells the agent", async () => {
  await using rung = await Rung.open();
  rung.media.devices.isAsking = true;

  await rung.take(false);
  rung.room.clock.advance(5_000);
  const notices = mediaOf(rung.desk)?.notices;
  rung.room.clock.advance(15_000);
  await rung.settle();
  rung.media.devices.allow();
  await rung.settle();

  deepEqual(notices, ["asking"]);
  deepEqual(rung.heard.at(-1), { type: "terminated", cause: 41 });
  equal(rung.desk.trouble.value?.why, "microphone-late");
  deepEqual(rung.media.live, []);
});

Deno.test("devices opened after the visitor has hung up are released", async () => {
  await using rung = await Rung.open();
  rung.media.devices.isAsking = true;
  await rung.take(true);

  rung.leg.send({ type: "hang-up", cause: 16 });
  await rung.settle();
  rung.media.devices.allow();
  await rung.settle();

  equal(rung.media.tracks.length, 2);
  deepEqual(rung.media.live, []);
  equal(rung.media.peers.length, 0);
});

Deno.test("a camera opened after the call is released", async () => {
  await using rung = await Rung.open();
  await rung.take(false);
  rung.media.devices.isAsking = true;
  rung.desk.media.value?.setCamera(true);
  await rung.settle();

  rung.leg.send({ type: "hang-up", cause: 16 });
  await rung.settle();
  rung.media.devices.allow();
  await rung.settle();

  equal(rung.media.tracks.length, 2);
  deepEqual(rung.media.live, []);
});

Deno.test("no connection is opened after the visitor has hung up", async () => {
  const fake = new FakeMedia();
  const ice = Promise.withResolvers<RTCIceServer[]>();
  const media = new CallMedia("c", {
    deps: { ...fake.deps(), clock: new FakeClock(), ice: () => ice.promise },
    owner: { answer() {}, say() {}, failed() {} },
    media: "voice",
    video: false,
  });
  media.heard({ cmd: "PROPOSAL", sdp: sampleOffer("voice") });
  await turn();

  media.close();
  ice.resolve([]);
  await turn();

  equal(fake.peers.filter(({ isClosed }) => !isClosed).length, 0);
});

Deno.test("an unplugged microphone is replaced, or a warning stays until one is plugged in", async () => {
  await using rung = await Rung.open();
  await rung.take(false);
  const [first] = rung.media.tracks;

  first?.lose();
  await rung.settle();
  const [, second] = rung.media.tracks;
  const sent = rung.media.peer.transceivers[0]?.sender.track;
  const replaced = mediaOf(rung.desk)?.notices;
  rung.room.clock.advance(8_000);
  const later = mediaOf(rung.desk)?.notices;
  rung.media.broken.microphone = "NotFoundError";
  second?.lose();
  await rung.settle();
  const lost = mediaOf(rung.desk)?.notices;
  delete rung.media.broken.microphone;
  rung.media.devices.plug("mic-3");
  await rung.settle();

  equal(sent, second);
  deepEqual([replaced, later, lost], [["deviceReplaced"], [], [
    "microphoneLost",
  ]]);
  equal(rung.media.peer.transceivers[0]?.sender.track?.deviceId, "mic-3");
  deepEqual(mediaOf(rung.desk)?.notices, ["deviceReplaced"]);
});

Deno.test("the agent sees that the system has muted the microphone or camera", async () => {
  await using rung = await Rung.open();
  await rung.take(true);
  const [microphone, camera] = rung.media.tracks;

  microphone?.setMuted(true);
  camera?.setMuted(true);
  const muted = mediaOf(rung.desk)?.notices;
  microphone?.setMuted(false);
  camera?.setMuted(false);

  deepEqual(muted, ["microphoneSilent", "cameraSilent"]);
  deepEqual(mediaOf(rung.desk)?.notices, []);
});

Deno.test("an unplugged camera is replaced or turned off, and the agent sees it", async () => {
  await using rung = await Rung.open();
  await rung.take(true);

  rung.media.live[1]?.lose();
  await rung.settle();
  const replaced = mediaOf(rung.desk);
  say(rung, { cmd: "SELECT", sdp: "answer" });
  await rung.settle();
  rung.media.broken.camera = "NotFoundError";
  rung.media.live[1]?.lose();
  await rung.settle();

  deepEqual([replaced?.camera, replaced?.notices], ["on", ["deviceReplaced"]]);
  equal(mediaOf(rung.desk)?.camera, "off");
  equal(mediaOf(rung.desk)?.notices.includes("cameraLost"), true);
  equal(sdpOf(rung.heard.at(-1)), "offer 3 audio:sendrecv video:recvonly");
});

Deno.test("turning the camera off hides it for both the agent and the visitor", async () => {
  await using rung = await Rung.open();
  await rung.take(true);

  rung.desk.media.value?.setCamera(false);
  await rung.settle();

  equal(mediaOf(rung.desk)?.camera, "off");
  equal(rung.media.tracks[1]?.readyState, "ended");
  equal(sdpOf(rung.heard.at(-1)), "offer 2 audio:sendrecv video:recvonly");
});

Deno.test("a camera that the agent turns on during a call is shown, or the desk says why it cannot be opened", async () => {
  await using rung = await Rung.open();
  await rung.take(true);
  const turn = async (isOn: boolean) => {
    rung.desk.media.value?.setCamera(isOn);
    const meanwhile = mediaOf(rung.desk)?.camera;
    await rung.settle();
    say(rung, { cmd: "SELECT", sdp: "answer" });
    await rung.settle();
    return [meanwhile, mediaOf(rung.desk)?.camera, mediaOf(rung.desk)?.trouble];
  };

  await turn(false);
  rung.media.broken.camera = "NotFoundError";
  const broken = await turn(true);
  delete rung.media.broken.camera;
  const works = await turn(true);

  deepEqual([broken, works], [
    ["starting", "off", "camera-missing"],
    ["starting", "on", null],
  ]);
});

Deno.test("the visitor's video is shown only while it is live", async () => {
  await using rung = await Rung.open();
  await rung.take(true);
  const picture = rung.media.peer.receive("video");
  const shown = () => mediaOf(rung.desk)?.remoteVideo;

  const live = shown();
  picture.setMuted(true);
  const muted = shown();
  picture.setMuted(false);
  const back = shown();
  picture.lose();

  deepEqual([live, muted, back, shown()], [true, false, true, false]);
});

Deno.test("the agent's offer waits for a negotiation that is under way", async () => {
  await using rung = await Rung.open();
  await rung.take(false);
  rung.desk.media.value?.setCamera(true);
  await rung.settle();
  const before = rung.heard.length;

  rung.desk.media.value?.setCamera(false);
  await rung.settle();
  const during = rung.heard.length;
  say(rung, { cmd: "SELECT", sdp: "answer" });
  await rung.settle();

  equal(during, before);
  equal(sdpOf(rung.heard.at(-1)), "offer 3 audio:sendrecv video:recvonly");
});

Deno.test("a call that the browser can't set up is handed back, and the agent sees why", async () => {
  await using rung = await Rung.open();
  rung.media.refuses = true;

  await rung.take(false);

  equal(rung.desk.trouble.value?.why, "failed");
  deepEqual(rung.heard.at(-1), { type: "terminated", cause: 41 });
});

Deno.test("connection trouble during a call is shown, and the call continues", async () => {
  await using rung = await Rung.open();
  await rung.take(false);
  rung.media.refuses = true;
  rung.media.peer.refuses = true;

  say(rung, { cmd: "PROPOSAL", sdp: sampleOffer() });
  await rung.settle();

  equal(mediaOf(rung.desk)?.trouble, "failed");
  equal(rung.heard.some(({ type }) => type === "terminated"), false);
});

Deno.test("a connection step that the browser never finishes fails after 10 s", async () => {
  await using rung = await Rung.open();
  rung.media.hangs = true;
  await rung.take(false);

  rung.room.clock.advance(10_000);
  await rung.settle();

  equal(rung.desk.trouble.value?.why, "failed");
  deepEqual(rung.heard.at(-1), { type: "terminated", cause: 41 });
  equal(rung.media.peer.isClosed, true);
});

Deno.test("a browser without WebRTC can't take calls and says so from the start", async () => {
  await using rung = await Rung.open("voice", {
    callTrouble: () => "unsupported",
  });

  await rung.take(false);

  equal(rung.desk.cannotCall.value, "unsupported");
  equal(rung.desk.media.value, null);
  deepEqual(rung.heard.map(({ type }) => type), ["alerting"]);
});
