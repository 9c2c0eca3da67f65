import { deepEqual, equal } from "node:assert/strict";
import { turn } from "@/tests/support/desk_room.ts";
import { Rung, sdpOf } from "@/tests/support/rung_desk.ts";
import { sampleOffer } from "@/tests/support/sdp.ts";
import { mediaOf } from "./desk.ts";

Deno.test("a call answered with voice only still shows the visitor's video", async () => {
  await using rung = await Rung.open();

  await rung.take(false);

  deepEqual(rung.media.asked, ["audio"]);
  equal(sdpOf(rung.heard.at(-1)), "answer 1 audio:sendrecv video:recvonly");
  equal(mediaOf(rung.desk)?.canSendVideo, true);
});

Deno.test("a video call sends voice and video, and releases the devices at its end", async () => {
  await using rung = await Rung.open();
  await rung.take(true);
  const sdp = sdpOf(rung.heard.at(-1));

  rung.leg.send({ type: "hang-up", cause: 16 });
  await rung.settle();

  equal(sdp, "answer 1 audio:sendrecv video:sendrecv");
  equal(rung.desk.media.value, null);
  equal(rung.media.peer.isClosed, true);
  deepEqual(rung.media.tracks.map((t) => t.readyState), ["ended", "ended"]);
});

Deno.test("a video call without a camera becomes a voice call and says why", async () => {
  await using rung = await Rung.open();
  rung.media.broken.camera = "NotReadableError";

  await rung.take(true);

  equal(mediaOf(rung.desk)?.trouble, "camera-busy");
  equal(sdpOf(rung.heard.at(-1)), "answer 1 audio:sendrecv video:recvonly");
});

Deno.test("a call without a microphone ends, and the page shows the reason", async () => {
  await using rung = await Rung.open();
  rung.media.broken.microphone = "NotAllowedError";

  await rung.take(false);

  deepEqual(rung.heard.at(-1), { type: "terminated", cause: 41 });
  deepEqual(rung.desk.trouble.value, {
    call: rung.id,
    why: "microphone-denied",
  });
});

Deno.test("a camera that is turned on later is offered to the visitor", async () => {
  await using rung = await Rung.open();
  await rung.take(false);

  rung.desk.media.value?.setCamera(true);
  await rung.settle();
  const offered = sdpOf(rung.heard.at(-1));
  const channels = { cmd: "SELECT" as const, sdp: "answer" };
  rung.leg.send({ type: "channels", channels });
  await rung.settle();

  equal(offered, "offer 2 audio:sendrecv video:sendrecv");
  equal(rung.media.peer.signalingState, "stable");
  equal(mediaOf(rung.desk)?.camera, "on");
});

Deno.test("the agent's offer wins if both sides send one at the same time", async () => {
  await using rung = await Rung.open();
  await rung.take(false);
  rung.desk.media.value?.setCamera(true);
  await rung.settle();
  const before = rung.heard.length;

  const channels = { cmd: "PROPOSAL" as const, sdp: sampleOffer() };
  rung.leg.send({ type: "channels", channels });
  await rung.settle();

  equal(rung.heard.length, before);
  equal(rung.media.peer.signalingState, "have-local-offer");
});

Deno.test("a broken media path is offered again until it works", async () => {
  await using rung = await Rung.open();
  await rung.take(false);
  rung.media.peer.become("connected");

  rung.media.peer.become("disconnected");
  const phase = mediaOf(rung.desk)?.phase;
  rung.room.clock.advance(4_000);
  await rung.settle();
  rung.room.clock.advance(4_000);
  await rung.settle();
  rung.media.peer.become("connected");
  rung.room.clock.advance(20_000);
  await rung.settle();

  equal(phase, "reconnecting");
  equal(mediaOf(rung.desk)?.phase, "connected");
  const said = rung.heard.flatMap((event) =>
    event.type === "channels" ? sdpOf(event)?.split(" ")[0] : []
  );
  deepEqual(said, ["answer", "restart", "restart"]);
});

Deno.test("an offer that doesn't continue the connection starts a new one", async () => {
  await using rung = await Rung.open();
  await rung.take(false);
  rung.media.peer.refuses = true;

  const channels = { cmd: "PROPOSAL" as const, sdp: sampleOffer() };
  rung.leg.send({ type: "channels", channels });
  await rung.settle();

  equal(rung.media.peers.length, 2);
  equal(rung.media.peers[0]?.isClosed, true);
  equal(sdpOf(rung.heard.at(-1)), "answer 1 audio:sendrecv video:recvonly");
});

Deno.test("mute and hold silence the microphone independently", async () => {
  await using rung = await Rung.open();
  await rung.take(false);
  const [track] = rung.media.tracks;

  rung.desk.media.value?.setMuted(true);
  rung.desk.setHeld(rung.id, true);
  rung.desk.setHeld(rung.id, false);
  const afterHold = track?.enabled;
  rung.desk.media.value?.setMuted(false);
  await rung.settle();

  deepEqual([afterHold, track?.enabled], [false, true]);
  deepEqual(rung.heard.slice(-2), [
    { type: "hold", held: true },
    { type: "hold", held: false },
  ]);
});

Deno.test("a call waits at most 2 s for the relay addresses", async () => {
  await using rung = await Rung.open();
  rung.media.devices.isAsking = true;
  await rung.take(false);
  rung.media.devices.allow();
  for (let n = 0; n < 20; n++) await turn(); // The service is asked, and silent.

  rung.room.clock.advance(1_999);
  for (let n = 0; n < 20; n++) await turn();
  const before = rung.media.peers.length;
  rung.room.clock.advance(1);
  for (let n = 0; n < 20; n++) await turn();
  const after = rung.media.peers.length;
  await rung.settle();

  deepEqual([before, after], [0, 1]);
  equal(sdpOf(rung.heard.at(-1)), "answer 1 audio:sendrecv video:recvonly");
});

Deno.test("the page shows a held call and keeps its microphone silent until it is resumed", async () => {
  await using rung = await Rung.open();
  await rung.take(false);
  const [track] = rung.media.tracks;
  const seen = () => [mediaOf(rung.desk)?.held, track?.enabled];

  const before = seen();
  rung.desk.setHeld(rung.id, true);
  const held = seen();
  rung.desk.setHeld(rung.id, false);

  deepEqual([before, held, seen()], [
    ...[[false, true], [true, false]],
    [false, true],
  ]);
});

Deno.test("an SDP answer created during a disconnect is delivered after the reconnect", async () => {
  await using rung = await Rung.open();

  rung.desk.dispatch({ type: "take", call: rung.id, video: false });
  await rung.page.deliver(2);
  rung.page.cut();
  await rung.settle();
  rung.room.clock.advance(1_000);
  await rung.settle();

  const types = rung.heard.map(({ type }) => type);
  deepEqual(types, ["alerting", "connected", "channels"]);
  equal(sdpOf(rung.heard[2]), "answer 1 audio:sendrecv video:recvonly");
});

Deno.test("a call continues if only the connection to the service was lost", async () => {
  await using rung = await Rung.open();
  await rung.take(false);
  rung.media.peer.become("connected");

  rung.page.isUp = false;
  rung.page.cut();
  await rung.settle();
  rung.room.clock.advance(30_000);
  rung.desk.dispatch({ type: "hang-up", call: rung.id, trouble: false });
  rung.page.isUp = true;
  for (let n = 0; n < 5; n++) {
    await rung.settle();
    rung.room.clock.advance(5_000);
  }

  deepEqual(rung.heard.at(-1), { type: "terminated", cause: 16 });
});
