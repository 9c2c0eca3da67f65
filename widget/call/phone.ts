import type { Clock } from "@/lib/base/clock.ts";
import { answerOf, offerOf, take } from "@/lib/media/describe.ts";
import { MEDIA_LIMITS } from "@/lib/media/limits.ts";
import { within } from "@/lib/media/within.ts";

/** A shorter interruption usually recovers; after this time, restart ICE. */
const HEAL_MS = 2_500;

export interface PhoneEvents {
  /** Called when media of the agent was added or changed. */
  remote(): void;
  flowing(): void;
  broken(): void;
}

/** The browser side of the media: one RTCPeerConnection. */
export class Phone {
  readonly #peer: RTCPeerConnection;
  readonly #clock: Clock;
  readonly #events: PhoneEvents;
  readonly remote: MediaStream;
  #healing: Disposable | undefined;

  constructor(
    peer: RTCPeerConnection,
    { clock, remote, events }: {
      clock: Clock;
      /** The stream for the agent's tracks; empty at first. */
      remote: MediaStream;
      events: PhoneEvents;
    },
  ) {
    this.#peer = peer;
    this.#clock = clock;
    this.#events = events;
    this.remote = remote;
    peer.addEventListener("track", ({ track }) => this.#hear(track));
    peer.addEventListener("iceconnectionstatechange", () => this.#watch());
  }

  /** Adds a track, which is part of the next offer or answer. */
  async add(track: MediaStreamTrack, stream: MediaStream): Promise<void> {
    const idle = this.#peer.getTransceivers().find(({ sender, receiver }) =>
      sender.track === null && receiver.track.kind === track.kind
    );
    if (idle === undefined) {
      this.#peer.addTrack(track, stream);
      return;
    }
    idle.direction = "sendrecv";
    idle.sender.setStreams(stream);
    await this.#replace(idle.sender, track);
  }

  /** Replaces the sent track of this kind. Returns whether a track of this kind
   * was sent. */
  async replace(kind: string, track: MediaStreamTrack | null) {
    const sender = this.#sender(kind);
    if (sender) await this.#replace(sender, track);
    return sender !== undefined;
  }

  /** Creates a complete offer, because this protocol has no trickle ICE. */
  offer(iceRestart: boolean): Promise<string> {
    return offerOf(this.#peer, this.#clock, { iceRestart });
  }

  takeAnswer(sdp: string): Promise<void> {
    return take(this.#peer, this.#clock, { type: "answer", sdp });
  }

  /** Applies the agent's offer, even if an own offer is open, and creates the
   * answer. */
  async takeOffer(sdp: string): Promise<string> {
    await take(this.#peer, this.#clock, { type: "offer", sdp });
    return await answerOf(this.#peer, this.#clock);
  }

  /** True if keys can be sent: not before audio flows, and not while it is only
   * received. Firefox before 135 does not report it. */
  get dials(): boolean {
    const dtmf = this.#sender("audio")?.dtmf;
    return !!dtmf && dtmf.canInsertDTMF !== false;
  }

  dial(digits: string): void {
    const dtmf = this.#sender("audio")?.dtmf;
    // Without the buffer, the keys that are still to be sent would be replaced.
    dtmf?.insertDTMF(dtmf.toneBuffer + digits);
  }

  /** True if a video can be sent or received. */
  get hasVideo(): boolean {
    return this.#peer.getTransceivers().some(({ receiver }) =>
      receiver.track.kind === "video"
    );
  }

  stats(): Promise<RTCStatsReport> {
    return this.#peer.getStats();
  }

  close(): void {
    this.#healing?.[Symbol.dispose]();
    this.#peer.close();
  }

  #replace(
    sender: RTCRtpSender,
    track: MediaStreamTrack | null,
  ): Promise<void> {
    const ms = MEDIA_LIMITS.stepMs;
    return within(sender.replaceTrack(track), { clock: this.#clock, ms });
  }

  #sender(kind: string): RTCRtpSender | undefined {
    return this.#peer.getSenders().find(({ track }) => track?.kind === kind);
  }

  #hear(track: MediaStreamTrack): void {
    this.remote.addTrack(track);
    const changed = () => this.#events.remote();
    track.addEventListener("mute", changed);
    track.addEventListener("unmute", changed);
    track.addEventListener("ended", () => {
      this.remote.removeTrack(track);
      changed();
    });
    changed();
  }

  #watch(): void {
    this.#healing?.[Symbol.dispose]();
    switch (this.#peer.iceConnectionState) {
      case "connected":
      case "completed":
        return this.#events.flowing();
      case "failed":
        return this.#events.broken();
      case "disconnected":
        this.#healing = this.#clock.after(
          HEAL_MS,
          () => this.#events.broken(),
        );
    }
  }
}
