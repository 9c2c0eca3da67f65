import { signal } from "@preact/signals";
import type { Clock } from "@/lib/base/clock.ts";
import { answerOf, offerOf, take } from "@/lib/media/describe.ts";
import { LocalMedia } from "@/lib/media/local_media.ts";
import type { Devices, MediaKind } from "@/lib/media/ports.ts";
import type { MediaTrouble } from "@/lib/media/trouble.ts";
import type { MediaOut } from "./desk_state.ts";
import { deskTrouble, type MediaState, newMedia } from "./media_state.ts";

/** The visitor hears the ringing tone while the agent's browser asks for a
 * microphone. */
const ASK_MS = 20_000;
/** Time from a broken connection to the desk's own new offer. */
const RESTART_MS = 4_000;

/** The browser APIs that a call uses. */
export interface MediaDeps {
  clock: Clock;
  openPeer(config: RTCConfiguration): RTCPeerConnection;
  /** Undefined on insecure pages. */
  devices: Devices | undefined;
  callTrouble(): MediaTrouble | undefined;
  newStream(): MediaStream;
  ice(): Promise<RTCIceServer[]>;
}

export interface MediaOwner {
  answer(sdp: string): void;
  say(media: MediaOut): void;
  /** Called if the call cannot continue. */
  failed(): void;
}

/**
 * Microphone, camera and peer connection of one call. The visitor sends the
 * first offer; later either side may. Offers and answers are processed one
 * after the other. If both sides send an offer at the same time, this side
 * drops its own and sends it again later.
 */
export class CallMedia {
  readonly state;
  readonly #deps: MediaDeps;
  readonly #owner: MediaOwner;
  readonly #mayVideo: boolean;
  readonly #local: LocalMedia;
  readonly #devicesOpen: Promise<void>;
  #peer: RTCPeerConnection | undefined;
  #queue: Promise<void> = Promise.resolve();
  #answered = false;
  #isStarting = false;
  #mustOffer = false;
  #restart: Disposable | undefined;

  constructor(
    call: string,
    { deps, owner, media, video }: {
      deps: MediaDeps;
      owner: MediaOwner;
      /** The medium that the visitor requested. In a voice call no video is
       * answered. */
      media: "voice" | "video";
      /** True if the camera is on from the start. */
      video: boolean;
    },
  ) {
    this.#deps = deps;
    this.#owner = owner;
    this.#mayVideo = media === "video";
    this.state = signal<MediaState>(newMedia(call));
    this.#local = new LocalMedia({ ...deps, askMs: ASK_MS }, {
      changed: () => this.#showLocal(),
      send: (kind) => this.#enqueue(() => this.#showChange(kind)),
    });
    this.#devicesOpen = this.#openDevices(video && this.#mayVideo);
  }

  /** Handles a media message of the visitor's side. */
  heard(media: MediaOut): void {
    switch (media.cmd) {
      case "PROPOSAL":
        return this.#enqueue(() => this.#onOffer(media.sdp));
      case "SELECT":
        return this.#enqueue(() => this.#onAnswer(media.sdp));
      case "REQUEST":
        return this.#enqueue(() => this.#offer());
      case "CLOSE":
        return this.#enqueue(() => this.#closePeer());
    }
  }

  setMuted(muted: boolean): void {
    this.#set({ muted });
    this.#local.silence(this.state.value);
  }

  /** Holds or resumes the call. While held, no media is sent or played. */
  setHeld(held: boolean): void {
    this.#set({ held });
    this.#local.silence(this.state.value);
  }

  setCamera(on: boolean): void {
    if (on) this.#cameraOn();
    else this.#local.closeVideo();
  }

  close(): void {
    if (this.#isOver()) return;
    this.#set({ phase: "over", local: null, remote: null, camera: "off" });
    this.#restart?.[Symbol.dispose]();
    this.#peer?.close();
    this.#local.close();
  }

  async #openDevices(video: boolean): Promise<void> {
    const opened = await this.#local.open(video);
    if (this.#isOver()) return;
    if (!opened.ok) {
      this.#set({ trouble: deskTrouble("microphone", opened.error) });
      return this.#owner.failed(); // That ends the call.
    }
    const { noCamera } = opened.value;
    this.#set({
      phase: "connecting",
      local: this.#local.stream,
      trouble: noCamera ? deskTrouble("camera", noCamera) : null,
    });
    this.#showLocal();
  }

  async #onOffer(sdp: string): Promise<void> {
    await this.#devicesOpen;
    if (this.#isOver()) return;
    if (this.#mayVideo && /^m=video [1-9]/m.test(sdp)) {
      this.#set({ canSendVideo: true });
    }
    if (this.#peer?.signalingState === "have-local-offer") return;
    const peer = await this.#takeOffer(sdp);
    await this.#sendTracks(peer);
    const answer = await answerOf(peer, this.#deps.clock);
    if (this.#isOver()) return;
    if (this.#answered) this.#owner.say({ cmd: "SELECT", sdp: answer });
    else this.#owner.answer(answer);
    this.#answered = true;
  }

  /** Creates a new connection if the offer does not continue the current one. */
  async #takeOffer(sdp: string): Promise<RTCPeerConnection> {
    const offer = { type: "offer", sdp } as const;
    const peer = this.#peer ?? await this.#openPeer();
    const { clock } = this.#deps;
    try {
      await take(peer, clock, offer);
      return peer;
    } catch (error) {
      if (!this.#answered) throw error;
      this.#closePeer();
      const next = await this.#openPeer();
      await take(next, clock, offer);
      return next;
    }
  }

  async #onAnswer(sdp: string): Promise<void> {
    if (this.#peer?.signalingState !== "have-local-offer") return;
    await take(this.#peer, this.#deps.clock, { type: "answer", sdp });
    if (this.#mustOffer) await this.#offer();
  }

  async #offer(options: RTCOfferOptions = {}): Promise<void> {
    const peer = this.#peer;
    if (peer === undefined || this.#isOver()) return;
    // An unanswered offer must not block a restart.
    this.#mustOffer = peer.signalingState !== "stable" && !options.iceRestart;
    if (this.#mustOffer) return;
    const sdp = await offerOf(peer, this.#deps.clock, options);
    if (!this.#isOver()) this.#owner.say({ cmd: "PROPOSAL", sdp });
  }

  async #openPeer(): Promise<RTCPeerConnection> {
    const iceServers = await this.#deps.ice();
    if (this.#isOver()) throw new Error("The call has ended");
    const peer = this.#deps.openPeer({ iceServers });
    const remote = this.#deps.newStream();
    peer.addEventListener("track", ({ track }) => {
      remote.addTrack(track);
      const look = () => this.#peer === peer && this.#lookForVideo(remote);
      for (const type of ["mute", "unmute", "ended"]) {
        track.addEventListener(type, look);
      }
      look();
    });
    peer.addEventListener(
      "connectionstatechange",
      () => this.#onConnection(peer),
    );
    this.#peer = peer;
    this.#set({ remote });
    return peer;
  }

  #lookForVideo(remote: MediaStream): void {
    if (this.#isOver()) return;
    const remoteVideo = remote.getVideoTracks().some((track) =>
      !track.muted && track.readyState === "live"
    );
    this.#set({ remoteVideo });
  }

  #closePeer(): void {
    this.#peer?.close();
    this.#peer = undefined;
    if (!this.#isOver()) {
      this.#set({ phase: "reconnecting", remoteVideo: false });
    }
  }

  #onConnection(peer: RTCPeerConnection): void {
    if (peer !== this.#peer || this.#isOver()) return;
    const { connectionState } = peer;
    if (connectionState === "connected") {
      this.#restart?.[Symbol.dispose]();
      this.#restart = undefined;
      this.#set({ phase: "connected" });
    }
    if (connectionState === "disconnected" || connectionState === "failed") {
      this.#set({ phase: "reconnecting" });
      this.#restartLater();
    }
  }

  /** Waits a moment, because the visitor's side may send an offer too. */
  #restartLater(): void {
    if (this.#restart !== undefined) return;
    this.#restart = this.#deps.clock.after(RESTART_MS, () => {
      this.#restart = undefined;
      if (this.#isOver() || this.state.value.phase !== "reconnecting") return;
      this.#enqueue(() => this.#offer({ iceRestart: true }));
      this.#restartLater();
    });
  }

  async #sendTracks(peer: RTCPeerConnection): Promise<void> {
    for (const transceiver of peer.getTransceivers()) {
      if (transceiver.currentDirection === "stopped") continue;
      const isAudio = transceiver.receiver.track.kind === "audio";
      const { audio, video } = this.#local;
      const track = isAudio ? audio : video;
      const otherwise = isAudio || this.#mayVideo ? "recvonly" : "inactive";
      transceiver.direction = track ? "sendrecv" : otherwise;
      if (this.state.value.local) {
        transceiver.sender.setStreams?.(this.state.value.local);
      }
      await transceiver.sender.replaceTrack(track ?? null);
    }
  }

  async #cameraOn(): Promise<void> {
    this.#isStarting = true;
    this.#showLocal();
    const trouble = await this.#local.openCamera();
    this.#isStarting = false;
    if (this.#isOver()) return;
    this.#set({ trouble: trouble ? deskTrouble("camera", trouble) : null });
    this.#showLocal();
  }

  #showLocal(): void {
    const on = this.#local.video ? "on" : "off";
    const camera = this.#isStarting ? "starting" : on;
    this.#set({ camera, notices: this.#local.notices });
  }

  /** Another microphone needs no offer; a video that starts or stops does. */
  async #showChange(kind: MediaKind): Promise<void> {
    if (this.#peer === undefined) return;
    await this.#sendTracks(this.#peer);
    if (kind === "video") await this.#offer();
  }

  #enqueue(work: () => Promise<void> | void): void {
    this.#queue = this.#queue.then(async () => {
      if (!this.#isOver()) await work();
    }).catch(() => {
      if (this.#isOver()) return;
      this.#set({ trouble: "failed" });
      if (!this.#answered) this.#owner.failed();
    });
  }

  #isOver(): boolean {
    return this.state.value.phase === "over";
  }

  #set(change: Partial<MediaState>): void {
    this.state.value = { ...this.state.value, ...change };
  }
}
