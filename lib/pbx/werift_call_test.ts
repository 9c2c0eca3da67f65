import { Buffer } from "node:buffer";
import { equal, ok } from "node:assert/strict";
import {
  MediaStreamTrack,
  RTCPeerConnection,
  RtpHeader,
  RtpPacket,
} from "werift";
import { InMemory, user } from "@/tests/support/simulated_pbx/in_memory.ts";
import {
  LEAVES_TIMERS,
  WeriftMedia,
} from "@/tests/support/simulated_pbx/werift_media.ts";

Deno.test(
  "audio and video of a call cross the conversion in both directions",
  LEAVES_TIMERS,
  async () => {
    using setup = new InMemory();
    const phones: WeriftMedia[] = [];
    const openMedia = () => {
      phones.push(new WeriftMedia());
      return phones.at(-1) ?? new WeriftMedia();
    };
    const pbx = await setup.linked({ users: [user("atlantis")], openMedia });
    await using page = new Page();

    const call = setup.dial("atlantis", "video", await page.offer());
    const phone = await pbx.calls.next();
    await phone.answer();
    const connected = await call.heard.until((event) =>
      event.type === "connected"
    );
    ok(connected.type === "connected" && connected.sdp);
    await page.accept(connected.sdp);

    await page.heard("audio");
    await page.heard("video");
    const [media] = phones;
    ok(
      media !== undefined && media.received.audio > 0 &&
        media.received.video > 0,
    );
    equal(media.state, "connected");
    phone.hangUp();
    await call.heard.until((event) => event.type === "terminated");
  },
);

/** A visitor's page in little: sends packets until they come back. */
class Page implements AsyncDisposable {
  readonly #peer = new RTCPeerConnection({
    bundlePolicy: "max-compat",
    iceServers: [],
    iceUseTcp: false,
  });
  readonly #heard = {
    audio: Promise.withResolvers<void>(),
    video: Promise.withResolvers<void>(),
  };
  readonly #timers: ReturnType<typeof setInterval>[] = [];

  async offer(): Promise<string> {
    for (const kind of ["audio", "video"] as const) {
      const track = new MediaStreamTrack({ kind });
      this.#peer.addTransceiver(track, { direction: "sendrecv" });
      this.#timers.push(this.#send(track));
    }
    await this.#peer.setLocalDescription(await this.#peer.createOffer());
    if (this.#peer.iceGatheringState !== "complete") {
      await this.#peer.iceGatheringStateChange.watch(
        (s) => s === "complete",
        5_000,
      );
    }
    return this.#peer.localDescription?.sdp ?? "";
  }

  async accept(sdp: string): Promise<void> {
    await this.#peer.setRemoteDescription({ type: "answer", sdp });
    for (const { kind, dtlsTransport } of this.#peer.getTransceivers()) {
      dtlsTransport.onRtp.once(() => this.#heard[kindOf(kind)].resolve());
    }
  }

  heard(kind: "audio" | "video"): Promise<void> {
    return this.#heard[kind].promise;
  }

  #send(track: MediaStreamTrack): ReturnType<typeof setInterval> {
    let sequenceNumber = 1;
    return setInterval(() => {
      const header = new RtpHeader({
        sequenceNumber: sequenceNumber++,
        timestamp: sequenceNumber * 960,
        payloadType: 96,
        ssrc: 7,
      });
      track.writeRtp(new RtpPacket(header, Buffer.from("hello")));
    }, 20);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#peer.close();
  }
}

function kindOf(kind: string): "audio" | "video" {
  return kind === "audio" ? "audio" : "video";
}
