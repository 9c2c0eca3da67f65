import { deepEqual, equal, rejects } from "node:assert/strict";
import { FakeClock } from "../../tests/support/fake_clock.ts";
import { FakePeer } from "../../tests/support/fake_media.ts";
import { answerOf, offerOf, take } from "./describe.ts";

const turn = async () => {
  for (let n = 0; n < 8; n++) await Promise.resolve();
};

/** A peer connection whose gathering the test controls. */
function gathering() {
  const fake = new FakePeer();
  fake.iceGatheringState = "gathering";
  const clock = new FakeClock();
  const peer = fake as unknown as RTCPeerConnection;
  let sdp: string | undefined;
  offerOf(peer, clock).then((offer) => sdp = offer);
  return {
    clock,
    fake,
    candidate: (protocol = "udp") => fake.find(protocol),
    sdp: async () => {
      await turn();
      return sdp;
    },
  };
}

Deno.test("[MEDIA9] gathering ends 1 s after the last candidate", async () => {
  const { clock, candidate, sdp } = gathering();
  await turn();
  for (let n = 0; n < 3; n++) {
    clock.advance(900);
    candidate();
  }
  clock.advance(999);
  const before = await sdp();
  clock.advance(1);

  equal(before, undefined);
  equal(await sdp(), "offer 1");
  equal(clock.pending, 0);
});

Deno.test("[MEDIA9] gathering ends after 5 s even if candidates keep arriving", async () => {
  const { clock, candidate, sdp } = gathering();
  await turn();
  for (let n = 0; n < 9; n++) {
    clock.advance(500);
    candidate();
  }
  const before = await sdp();
  clock.advance(500);

  equal(before, undefined);
  equal(await sdp(), "offer 1");
});

Deno.test("[MEDIA9] a pause ends gathering only after a candidate for UDP, because after a change of the network those of the old one come first", async () => {
  const { clock, candidate, sdp } = gathering();
  await turn();
  candidate("tcp");
  clock.advance(1_300);
  const before = await sdp();
  candidate();
  clock.advance(999);
  const later = await sdp();
  clock.advance(1);

  deepEqual([before, later, await sdp()], [undefined, undefined, "offer 1"]);
});

Deno.test("[MEDIA9] gathering ends when it is complete", async () => {
  const { clock, fake, sdp } = gathering();
  await turn();
  fake.iceGatheringState = "complete";
  fake.dispatchEvent(new Event("icegatheringstatechange"));

  equal(await sdp(), "offer 1");
  equal(clock.pending, 0);
});

Deno.test("[MEDIA9] a restart isn't ended by the previous gathering", async () => {
  const peer = new FakePeer() as unknown as RTCPeerConnection;
  const clock = new FakeClock();
  let isDone = false;
  const restart = offerOf(peer, clock, { iceRestart: true });
  restart.then(() => isDone = true);
  await turn();
  const before = isDone;
  clock.advance(1_000);

  equal(before, false);
  equal(await restart, "restart 1");
});

Deno.test("[MEDIA8] each step fails after 10 s if the browser doesn't finish it", async () => {
  const steps = [
    ["createOffer", offerOf],
    ["setLocalDescription", offerOf],
    ["createAnswer", answerOf],
    ["setLocalDescription", answerOf],
    [
      "setRemoteDescription",
      (peer: RTCPeerConnection, clock: FakeClock) =>
        take(peer, clock, { type: "answer", sdp: "" }),
    ],
  ] as const;
  for (const [name, run] of steps) {
    const fake = Object.assign(new FakePeer(), {
      [name]: () => new Promise(() => {}),
    });
    const clock = new FakeClock();
    const done = run(fake as unknown as RTCPeerConnection, clock);
    await turn();
    clock.advance(10_000);

    await rejects(Promise.resolve(done), { name: "TimeoutError" }, name);
  }
});
