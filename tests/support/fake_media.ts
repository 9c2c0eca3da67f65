import type { Desk } from "@/components/desk/desk.ts";

type Doors = ConstructorParameters<typeof Desk>[0];

/** Devices and peer connections as far as a call uses them, without a browser:
 * the states and the order of calls are real, sound and SDP are not. */
export class FakeMedia {
  readonly peers: FakePeer[] = [];
  readonly asked: MediaStreamConstraints[] = [];
  /** The name of the error that asking for a device ends with. */
  readonly broken: { microphone?: string; camera?: string } = {};
  readonly tracks: FakeTrack[] = [];

  /** To be spread into the doors of a desk. */
  doors(): Pick<Doors, "openPeer" | "getMedia" | "newStream"> {
    return {
      openPeer: () => {
        const peer = new FakePeer();
        this.peers.push(peer);
        return peer as unknown as RTCPeerConnection;
      },
      getMedia: (constraints) => this.#getMedia(constraints),
      newStream: () => new FakeStream([]) as unknown as MediaStream,
    };
  }

  get peer(): FakePeer {
    const peer = this.peers.at(-1);
    if (peer === undefined) throw new Error("No peer was opened");
    return peer;
  }

  #getMedia(constraints: MediaStreamConstraints): Promise<MediaStream> {
    this.asked.push(constraints);
    const { microphone, camera } = this.broken;
    const why = constraints.video && camera || constraints.audio && microphone;
    if (why) return Promise.reject(new DOMException("No device", why));
    const tracks = (["audio", "video"] as const)
      .filter((kind) => constraints[kind])
      .map((kind) => new FakeTrack(kind));
    this.tracks.push(...tracks);
    return Promise.resolve(new FakeStream(tracks) as unknown as MediaStream);
  }
}

export class FakeTrack extends EventTarget {
  readonly kind: "audio" | "video";
  enabled = true;
  muted = false;
  readyState: "live" | "ended" = "live";

  constructor(kind: "audio" | "video") {
    super();
    this.kind = kind;
  }

  stop(): void {
    this.readyState = "ended";
  }

  /** Unplugged. */
  lose(): void {
    this.stop();
    this.dispatchEvent(new Event("ended"));
  }
}

class FakeStream {
  #tracks: FakeTrack[];

  constructor(tracks: FakeTrack[]) {
    this.#tracks = tracks;
  }

  getTracks = () => this.#tracks;
  getAudioTracks = () => this.#tracks.filter(({ kind }) => kind === "audio");
  getVideoTracks = () => this.#tracks.filter(({ kind }) => kind === "video");
  addTrack = (track: FakeTrack) => void this.#tracks.push(track);
  removeTrack = (track: FakeTrack) => {
    this.#tracks = this.#tracks.filter((other) => other !== track);
  };
}

class FakePeer extends EventTarget {
  signalingState = "stable";
  iceGatheringState = "complete";
  connectionState = "new";
  localDescription: { type: string; sdp: string } | null = null;
  readonly transceivers: FakeTransceiver[] = [];
  isClosed = false;
  /** Remote descriptions that cannot be applied. */
  refuses = false;
  #count = 0;

  getTransceivers = () => this.transceivers;

  setRemoteDescription(
    { type, sdp }: { type: string; sdp: string },
  ): Promise<void> {
    if (this.refuses) return Promise.reject(new Error("Does not fit"));
    const kinds = [...sdp.matchAll(/^m=(audio|video)/gm)].map(([, kind]) =>
      kind
    );
    for (const kind of kinds.slice(this.transceivers.length)) {
      this.transceivers.push(
        new FakeTransceiver(kind === "video" ? "video" : "audio"),
      );
    }
    this.signalingState = type === "offer" ? "have-remote-offer" : "stable";
    return Promise.resolve();
  }

  createAnswer = () =>
    Promise.resolve({ type: "answer", sdp: this.#sdp("answer") });
  createOffer = (options: RTCOfferOptions = {}) => {
    const type = options.iceRestart ? "restart" : "offer";
    return Promise.resolve({ type: "offer", sdp: this.#sdp(type) });
  };

  setLocalDescription(
    description: { type: string; sdp: string },
  ): Promise<void> {
    this.localDescription = description;
    this.signalingState = description.type === "offer"
      ? "have-local-offer"
      : "stable";
    return Promise.resolve();
  }

  close(): void {
    this.isClosed = true;
    this.signalingState = "closed";
  }

  become(state: "connected" | "disconnected" | "failed"): void {
    this.connectionState = state;
    this.dispatchEvent(new Event("connectionstatechange"));
  }

  /** What it is, and where each section goes. */
  #sdp(type: string): string {
    const sections = this.transceivers.map(({ receiver, direction }) =>
      `${receiver.track.kind}:${direction}`
    );
    return [`${type} ${++this.#count}`, ...sections].join(" ");
  }
}

class FakeTransceiver {
  direction = "recvonly";
  currentDirection: string | null = null;
  readonly receiver: { track: FakeTrack };
  readonly sender = {
    track: null as FakeTrack | null,
    replaceTrack: (track: FakeTrack | null) => {
      this.sender.track = track;
      return Promise.resolve();
    },
    setStreams: () => {},
  };

  constructor(kind: "audio" | "video") {
    this.receiver = { track: new FakeTrack(kind) };
  }
}
