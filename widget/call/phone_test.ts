import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { Phone } from "./phone.ts";

type Sent = { kind: string } | null;

/** As much of an RTCPeerConnection as a phone uses, with one idle camera line
 * that the agent has opened. */
class FakePeer extends EventTarget {
  iceConnectionState: RTCIceConnectionState = "new";
  readonly did: string[] = [];
  readonly dtmf = {
    toneBuffer: "",
    canInsertDTMF: true,
    insertDTMF: (digits: string) => this.dtmf.toneBuffer = digits,
  };
  readonly camera = {
    direction: "recvonly",
    sender: this.#sender(null),
    receiver: { track: { kind: "video" } },
  };
  readonly microphone = this.#sender({ kind: "audio" });

  getTransceivers() {
    return [this.camera];
  }

  getSenders() {
    return [this.microphone, this.camera.sender];
  }

  addTrack({ kind }: MediaStreamTrack) {
    this.did.push(`add ${kind}`);
  }

  close() {
    this.did.push("close");
  }

  become(state: RTCIceConnectionState) {
    this.iceConnectionState = state;
    this.dispatchEvent(new Event("iceconnectionstatechange"));
  }

  #sender(track: Sent) {
    const sender = {
      track,
      dtmf: track?.kind === "audio" ? this.dtmf : null,
      setStreams: () => this.did.push("stream"),
      replaceTrack: (next: Sent) => {
        sender.track = next;
        this.did.push(`replace ${next?.kind ?? "nothing"}`);
        return Promise.resolve();
      },
    };
    return sender;
  }
}

function room() {
  const peer = new FakePeer();
  const clock = new FakeClock();
  const told: string[] = [];
  const heard = new Set<object>();
  const remote = {
    addTrack: (track: object) => heard.add(track),
    removeTrack: (track: object) => heard.delete(track),
  };
  const phone = new Phone(peer as unknown as RTCPeerConnection, {
    clock,
    remote: remote as unknown as MediaStream,
    events: {
      remote: () => told.push("remote"),
      flowing: () => told.push("flowing"),
      broken: () => told.push("broken"),
    },
  });
  return { peer, clock, told, phone, heard };
}

const track = (kind: string) => ({ kind }) as unknown as MediaStreamTrack;
const stream = {} as unknown as MediaStream;

Deno.test("a camera that is turned on uses the transceiver that the agent opened for it", async () => {
  const { peer, phone } = room();

  await phone.add(track("video"), stream);
  await phone.add(track("video"), stream);

  deepEqual(peer.did, ["stream", "replace video", "add video"]);
  equal(peer.camera.direction, "sendrecv");
});

Deno.test("a new microphone replaces the track being sent", async () => {
  const { peer, phone } = room();

  const replaced = [
    await phone.replace("audio", track("audio")),
    await phone.replace("video", track("video")),
    await phone.replace("audio", null),
    await phone.replace("audio", track("audio")),
  ];

  deepEqual(replaced, [true, false, true, false]);
  deepEqual(peer.did, ["replace audio", "replace nothing"]);
});

Deno.test("a short interruption recovers, a longer one is reported", () => {
  const { peer, clock, told, phone } = room();

  peer.become("connected");
  peer.become("disconnected");
  clock.advance(2_499);
  peer.become("completed");
  clock.advance(10_000);
  peer.become("disconnected");
  clock.advance(2_500);
  peer.become("failed");
  peer.become("disconnected");
  phone.close();
  clock.advance(10_000);

  deepEqual(told, ["flowing", "flowing", "broken", "broken"]);
  deepEqual([peer.did, clock.pending], [["close"], 0]);
});

Deno.test("keys are queued behind unsent ones, if audio is sent", async () => {
  const { peer, phone } = room();
  const dials = [phone.dials];

  phone.dial("1");
  phone.dial("2");
  peer.dtmf.canInsertDTMF = false;
  dials.push(phone.dials);
  await phone.replace("audio", null);
  dials.push(phone.dials);

  equal(peer.dtmf.toneBuffer, "12");
  deepEqual(dials, [true, false, false]);
});

Deno.test("the agent's tracks are heard until they end, and the view follows each change", () => {
  const { peer, told, heard } = room();
  const track = Object.assign(new EventTarget(), { kind: "audio" });
  const views = [];

  peer.dispatchEvent(Object.assign(new Event("track"), { track }));
  views.push([heard.has(track), told.splice(0).length]);
  for (const change of ["mute", "unmute", "ended"]) {
    track.dispatchEvent(new Event(change));
    views.push([heard.has(track), told.splice(0).length]);
  }

  deepEqual(views, [[true, 1], [true, 1], [true, 1], [false, 1]]);
});
