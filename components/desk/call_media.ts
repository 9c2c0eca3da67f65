import { signal } from "@preact/signals";
import type { Clock } from "@/lib/base/clock.ts";
import { CallDevices, type GetMedia } from "./call_devices.ts";
import type { MediaOut } from "./desk_state.ts";
import { GATHER_MS, gathered, RESTART_MS } from "./gathering.ts";
import { type MediaState, newMedia } from "./media_state.ts";

/** What a call needs of the browser. */
export interface MediaDoors {
  clock: Clock;
  openPeer(config: RTCConfiguration): RTCPeerConnection;
  getMedia: GetMedia;
  newStream(): MediaStream;
  ice(): Promise<RTCIceServer[]>;
}

export interface MediaHost {
  answer(sdp: string): void;
  say(media: MediaOut): void;
  /** The call cannot go on. */
  failed(): void;
}

/**
 * Microphone, camera and peer connection of one call. The visitor offers first;
 * later either side may. Offers and answers are worked off one after the other.
 * If both sides offer at once, this one gives way and offers again.
 */
export class CallMedia {
  readonly state;
  readonly #doors: MediaDoors;
  readonly #host: MediaHost;
  readonly #mayVideo: boolean;
  readonly #devices: CallDevices;
  readonly #devicesOpen: Promise<boolean>;
  #peer: RTCPeerConnection | undefined;
  #queue: Promise<void> = Promise.resolve();
  #answered = false;
  #mustOffer = false;
  #restart: Disposable | undefined;

  constructor(
    call: string,
    { doors, host, media, video }: {
      doors: MediaDoors;
      host: MediaHost;
      /** What the visitor called for: in a voice call no video is answered. */
      media: "voice" | "video";
      /** Whether the camera is on from the start. */
      video: boolean;
    },
  ) {
    this.#doors = doors;
    this.#host = host;
    this.#mayVideo = media === "video";
    this.state = signal<MediaState>(newMedia(call));
    this.#devices = new CallDevices({
      getMedia: doors.getMedia,
      lost: () => this.#enqueue(() => this.#microphoneLost()),
    });
    this.#devicesOpen = this.#openDevices(video && this.#mayVideo);
  }

  /** What the visitor's side says about media. */
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
    this.#devices.silence(this.state.value);
  }

  /** Held: nothing goes out and nothing is heard, until it is taken back. */
  setHeld(held: boolean): void {
    this.#set({ held });
    this.#devices.silence(this.state.value);
  }

  setCamera(on: boolean): void {
    if (on) this.#set({ camera: "starting" });
    this.#enqueue(() => on ? this.#cameraOn() : this.#cameraOff());
  }

  close(): void {
    if (this.#isOver()) return;
    this.#set({ phase: "over", local: null, remote: null, camera: "off" });
    this.#restart?.[Symbol.dispose]();
    this.#peer?.close();
    this.#devices.close();
  }

  async #openDevices(video: boolean): Promise<boolean> {
    const opened = await this.#devices.open(video);
    if (this.#isOver()) return false;
    if (!opened.ok) {
      this.#set({ trouble: opened.error });
      this.#host.failed();
      return false;
    }
    this.#set({
      phase: "connecting",
      local: this.#devices.stream ?? null,
      camera: this.#devices.camera ? "on" : "off",
      trouble: opened.value.trouble,
    });
    return true;
  }

  async #onOffer(sdp: string): Promise<void> {
    if (!await this.#devicesOpen || this.#isOver()) return;
    if (this.#mayVideo && /^m=video [1-9]/m.test(sdp)) {
      this.#set({ canSendVideo: true });
    }
    if (this.#peer?.signalingState === "have-local-offer") return;
    const peer = await this.#takeOffer(sdp);
    await this.#sendTracks(peer);
    await peer.setLocalDescription(await peer.createAnswer());
    await gathered(peer, this.#doors.clock, GATHER_MS);
    if (this.#isOver()) return;
    const answer = peer.localDescription?.sdp ?? "";
    if (this.#answered) this.#host.say({ cmd: "SELECT", sdp: answer });
    else this.#host.answer(answer);
    this.#answered = true;
  }

  /** An offer that does not continue the connection begins a new one. */
  async #takeOffer(sdp: string): Promise<RTCPeerConnection> {
    const offer = { type: "offer", sdp } as const;
    const peer = this.#peer ?? await this.#openPeer();
    try {
      await peer.setRemoteDescription(offer);
      return peer;
    } catch (error) {
      if (!this.#answered) throw error;
      this.#closePeer();
      const next = await this.#openPeer();
      await next.setRemoteDescription(offer);
      return next;
    }
  }

  async #onAnswer(sdp: string): Promise<void> {
    if (this.#peer?.signalingState !== "have-local-offer") return;
    await this.#peer.setRemoteDescription({ type: "answer", sdp });
    if (this.#mustOffer) await this.#offer();
  }

  async #offer(options: RTCOfferOptions = {}): Promise<void> {
    const peer = this.#peer;
    if (peer === undefined || this.#isOver()) return;
    // An offer that nobody answers must not stand in the way of a restart.
    this.#mustOffer = peer.signalingState !== "stable" && !options.iceRestart;
    if (this.#mustOffer) return;
    await peer.setLocalDescription(await peer.createOffer(options));
    await gathered(peer, this.#doors.clock, GATHER_MS);
    if (this.#isOver()) return;
    const sdp = peer.localDescription?.sdp ?? "";
    this.#host.say({ cmd: "PROPOSAL", sdp });
  }

  async #openPeer(): Promise<RTCPeerConnection> {
    const iceServers = await this.#doors.ice();
    if (this.#isOver()) throw new Error("The call ended in the meantime");
    const peer = this.#doors.openPeer({ iceServers });
    const remote = this.#doors.newStream();
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

  /** The visitor's side may notice too; a little patience avoids two offers. */
  #restartLater(): void {
    if (this.#restart !== undefined) return;
    this.#restart = this.#doors.clock.after(RESTART_MS, () => {
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
      const { microphone, camera } = this.#devices;
      const track = isAudio ? microphone : camera;
      const otherwise = isAudio || this.#mayVideo ? "recvonly" : "inactive";
      transceiver.direction = track ? "sendrecv" : otherwise;
      if (this.state.value.local) {
        transceiver.sender.setStreams?.(this.state.value.local);
      }
      await transceiver.sender.replaceTrack(track ?? null);
    }
  }

  async #cameraOn(): Promise<void> {
    const opened = await this.#devices.openCamera();
    if (this.#isOver()) return;
    const camera = this.#devices.camera ? "on" : "off";
    this.#set({ camera, trouble: opened.ok ? null : opened.error });
    if (opened.ok) await this.#showChange();
  }

  async #cameraOff(): Promise<void> {
    this.#devices.closeCamera();
    this.#set({ camera: "off" });
    await this.#showChange();
  }

  /** The visitor's side learns that a picture comes, or comes no more. */
  async #showChange(): Promise<void> {
    if (this.#peer === undefined) return;
    await this.#sendTracks(this.#peer);
    await this.#offer();
  }

  /** Unplugged: another microphone, if there is one, takes over. */
  async #microphoneLost(): Promise<void> {
    const isReplaced = await this.#devices.replaceMicrophone();
    if (this.#isOver()) return;
    if (!isReplaced) return this.#set({ trouble: "microphone-lost" });
    if (this.#peer) await this.#sendTracks(this.#peer);
  }

  #enqueue(work: () => Promise<void> | void): void {
    this.#queue = this.#queue.then(async () => {
      if (!this.#isOver()) await work();
    }).catch(() => {
      if (this.#isOver()) return;
      this.#set({ trouble: "failed" });
      if (!this.#answered) this.#host.failed();
    });
  }

  #isOver(): boolean {
    return this.state.value.phase === "over";
  }

  #set(change: Partial<MediaState>): void {
    this.state.value = { ...this.state.value, ...change };
  }
}
