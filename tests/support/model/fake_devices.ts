import type { Chance } from "../chance.ts";
import { sampleAnswer, sampleOffer } from "../sdp.ts";

type Kind = "audio" | "video";

export class ModelTrack extends EventTarget {
  readyState: "live" | "ended" = "live";
  enabled = true;
  muted = false;
  readonly id = crypto.randomUUID();
  readonly label = "device";
  constructor(readonly kind: Kind) {
    super();
  }
  stop(): void {
    this.readyState = "ended";
  }
  getSettings = () => ({});
}

export class ModelStream extends EventTarget {
  #tracks: ModelTrack[];
  constructor(tracks: ModelTrack[] = []) {
    super();
    this.#tracks = [...tracks];
  }
  getTracks = () => [...this.#tracks];
  getAudioTracks = () => this.#tracks.filter(({ kind }) => kind === "audio");
  getVideoTracks = () => this.#tracks.filter(({ kind }) => kind === "video");
  addTrack = (track: ModelTrack) => void this.#tracks.push(track);
  removeTrack = (track: ModelTrack) => {
    this.#tracks = this.#tracks.filter((other) => other !== track);
  };
}

/** A peer connection whose descriptions pass the bridge but carry no media. */
export class ModelPeer extends EventTarget {
  signalingState = "stable";
  iceGatheringState = "complete";
  iceConnectionState = "new";
  connectionState = "new";
  localDescription: { type: string; sdp: string } | null = null;
  isClosed = false;
  readonly #senders = new Map<ModelTrack, object>();

  addTrack(track: ModelTrack): object {
    const sender = { track, replaceTrack: () => Promise.resolve() };
    this.#senders.set(track, sender);
    return sender;
  }
  getSenders = () => [...this.#senders.values()];
  getReceivers = () => [];
  getTransceivers = () => [];
  getStats = () => Promise.resolve(new Map());
  restartIce = () => {};
  createOffer = () => Promise.resolve({ type: "offer", sdp: this.#offer() });
  createAnswer = () =>
    Promise.resolve({ type: "answer", sdp: sampleAnswer("voice") });
  setLocalDescription(given?: { type: string; sdp: string }): Promise<void> {
    const description = given ?? { type: "offer", sdp: this.#offer() };
    this.localDescription = description;
    this.signalingState = description.type === "offer"
      ? "have-local-offer"
      : "stable";
    // After a restart, gathering is complete a moment later.
    queueMicrotask(() =>
      this.dispatchEvent(new Event("icegatheringstatechange"))
    );
    return Promise.resolve();
  }
  setRemoteDescription({ type }: { type: string }): Promise<void> {
    if (type === "answer" && this.signalingState !== "have-local-offer") {
      return Promise.reject(new Error("There is no offer to answer"));
    }
    this.signalingState = type === "offer" ? "have-remote-offer" : "stable";
    return Promise.resolve();
  }
  close(): void {
    this.isClosed = true;
    this.signalingState = "closed";
    this.connectionState = "closed";
  }
  become(state: "connected" | "failed"): void {
    if (this.isClosed) return;
    this.iceConnectionState = this.connectionState = state;
    this.dispatchEvent(new Event("iceconnectionstatechange"));
    this.dispatchEvent(new Event("connectionstatechange"));
  }
  #offer(): string {
    const kinds = [...this.#senders.keys()].map(({ kind }) => kind);
    return sampleOffer(kinds.includes("video") ? "video" : "voice");
  }
}

/** The devices and peer connections of one page. */
export class ModelDevices {
  readonly tracks: ModelTrack[] = [];
  readonly peers: ModelPeer[] = [];
  readonly #dice: Chance;
  /** The browser's unanswered prompts. */
  #prompts: ((isAllowed: boolean) => void)[] = [];

  constructor(dice: Chance) {
    this.#dice = dice;
  }

  get live(): number {
    return this.tracks.filter(({ readyState }) => readyState === "live").length;
  }

  get openPeers(): ModelPeer[] {
    return this.peers.filter(({ isClosed }) => !isClosed);
  }

  openPeer(): ModelPeer {
    const peer = new ModelPeer();
    this.peers.push(peer);
    return peer;
  }

  getMedia({ audio, video }: MediaStreamConstraints): Promise<ModelStream> {
    const { promise, resolve, reject } = Promise.withResolvers<ModelStream>();
    const answer = (isAllowed: boolean) => {
      if (!isAllowed) return reject(new DOMException("", "NotAllowedError"));
      const kinds: Kind[] = [];
      if (audio) kinds.push("audio");
      if (video) kinds.push("video");
      const tracks = kinds.map((kind) => new ModelTrack(kind));
      this.tracks.push(...tracks);
      resolve(new ModelStream(tracks));
    };
    if (this.#dice.next() < 0.6) answer(true);
    else this.#prompts.push(answer);
    return promise;
  }

  /** The devices as pages see them. */
  list() {
    return Object.assign(new EventTarget(), {
      getUserMedia: (wanted: MediaStreamConstraints) => this.getMedia(wanted),
      enumerateDevices: () => Promise.resolve([]),
    });
  }

  /** Answers all prompts. */
  answerPrompts(isAllowed: boolean): void {
    for (const answer of this.#prompts.splice(0)) answer(isAllowed);
  }

  /** Ends the page's process, with everything that it has opened. */
  end(): void {
    for (const track of this.tracks) track.stop();
    for (const peer of this.peers) peer.close();
    this.#prompts = [];
  }
}
