import type { Desk } from "@/desk/desk.ts";
import type { Devices } from "@/lib/media/ports.ts";

type Deps = ConstructorParameters<typeof Desk>[0];

/** Devices and peer connections of a call, without a browser. The states and
 * the order of calls are real; media and SDP are not. */
export class FakeMedia {
  readonly peers: FakePeer[] = [];
  readonly devices = new FakeDevices();
  /** If true, new connections reject the other side's descriptions. */
  refuses = false;
  /** If true, the first step of new connections never ends. */
  hangs = false;

  /** Returns the devices for a desk or a visitor's call. */
  deps(): Pick<Deps, "openPeer" | "devices" | "newStream" | "callTrouble"> {
    return {
      openPeer: () => {
        const peer = new FakePeer();
        peer.refuses = this.refuses;
        peer.hangs = this.hangs;
        this.peers.push(peer);
        return peer as unknown as RTCPeerConnection;
      },
      devices: this.devices,
      newStream: () => new FakeStream([]) as unknown as MediaStream,
      callTrouble: () => undefined,
    };
  }

  /** The requested devices, in order. */
  get asked(): string[] {
    return this.devices.asked;
  }

  get broken(): FakeDevices["broken"] {
    return this.devices.broken;
  }

  get tracks(): FakeTrack[] {
    return this.devices.tracks;
  }

  /** Tracks that were opened and not stopped. */
  get live(): FakeTrack[] {
    return this.tracks.filter(({ readyState }) => readyState === "live");
  }

  get peer(): FakePeer {
    const peer = this.peers.at(-1);
    if (peer === undefined) throw new Error("No peer was opened");
    return peer;
  }
}

/** A browser's devices: two microphones and two cameras. */
export class FakeDevices extends EventTarget implements Devices {
  readonly asked: string[] = [];
  /** Names of the errors for device requests. */
  readonly broken: { microphone?: string; camera?: string; screen?: string } =
    {};
  readonly tracks: FakeTrack[] = [];
  list = ["mic-1", "mic-2", "cam-1", "cam-2"];
  /** While true, the browser's question is not answered. */
  isAsking = false;
  readonly #waiting: (() => void)[] = [];

  getUserMedia(constraints: MediaStreamConstraints = {}): Promise<MediaStream> {
    const kinds = (["audio", "video"] as const)
      .filter((kind) => constraints[kind]);
    const { microphone, camera } = this.broken;
    const why = constraints.video && camera || constraints.audio && microphone;
    return this.#answer(kinds.join(" "), why, () =>
      kinds.map((kind) => {
        const wanted = constraints[kind];
        const first = this.list.find((id) => id.startsWith(PREFIX[kind]));
        const id = typeof wanted === "object"
          ? String(wanted.deviceId ?? "")
          : "";
        return new FakeTrack(kind, this.list.includes(id) ? id : first ?? "");
      }));
  }

  getDisplayMedia(): Promise<MediaStream> {
    const why = this.broken.screen;
    return this.#answer(
      "screen",
      why,
      () => [new FakeTrack("video", "screen")],
    );
  }

  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    const devices = this.list.map((deviceId) => {
      const kind = deviceId.startsWith("mic") ? "audioinput" : "videoinput";
      return { deviceId, kind, label: deviceId, groupId: "" } as const;
    });
    return Promise.resolve(
      devices.map((one) => ({ ...one, toJSON: () => one })),
    );
  }

  /** Answers all questions of the browser. */
  allow(): void {
    this.isAsking = false;
    for (const answer of this.#waiting.splice(0)) answer();
  }

  /** Plugs devices in and out. */
  plug(...list: string[]): void {
    this.list = list;
    this.dispatchEvent(new Event("devicechange"));
  }

  #answer(
    what: string,
    why: string | undefined | false,
    open: () => FakeTrack[],
  ): Promise<MediaStream> {
    this.asked.push(what);
    const { promise, resolve, reject } = Promise.withResolvers<MediaStream>();
    const answer = () => {
      if (why) return reject(new DOMException("No device", why));
      const tracks = open();
      this.tracks.push(...tracks);
      resolve(new FakeStream(tracks) as unknown as MediaStream);
    };
    if (this.isAsking) this.#waiting.push(answer);
    else answer();
    return promise;
  }
}

const PREFIX = { audio: "mic", video: "cam" };

export class FakeTrack extends EventTarget {
  readonly kind: "audio" | "video";
  readonly deviceId: string;
  enabled = true;
  muted = false;
  readyState: "live" | "ended" = "live";

  constructor(kind: "audio" | "video", deviceId = "") {
    super();
    this.kind = kind;
    this.deviceId = deviceId;
  }

  getSettings = () => ({ deviceId: this.deviceId });

  stop(): void {
    this.readyState = "ended";
  }

  /** Unplugs the device. */
  lose(): void {
    this.stop();
    this.dispatchEvent(new Event("ended"));
  }

  /** Sets whether the system mutes it. */
  setMuted(muted: boolean): void {
    this.muted = muted;
    this.dispatchEvent(new Event(muted ? "mute" : "unmute"));
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

export class FakePeer extends EventTarget {
  signalingState = "stable";
  iceGatheringState = "complete";
  connectionState = "new";
  iceConnectionState = "new";
  localDescription: { type: string; sdp: string } | null = null;
  readonly transceivers: FakeTransceiver[] = [];
  isClosed = false;
  /** If true, remote descriptions cannot be applied. */
  refuses = false;
  hangs = false;
  #count = 0;

  getTransceivers = () => this.transceivers;
  getSenders = () => this.transceivers.map(({ sender }) => sender);
  getStats = () => Promise.resolve(new Map());

  addTrack(track: FakeTrack): void {
    const transceiver = new FakeTransceiver(track.kind);
    transceiver.direction = "sendrecv";
    transceiver.sender.track = track;
    this.transceivers.push(transceiver);
  }

  setRemoteDescription(
    { type, sdp }: { type: string; sdp: string },
  ): Promise<void> {
    if (this.refuses) return Promise.reject(new Error("Does not fit"));
    if (this.hangs) return new Promise(() => {});
    const sections = [...sdp.matchAll(/^m=(audio|video)/gm)];
    for (const [, kind] of sections.slice(this.transceivers.length)) {
      const known = kind === "video" ? kind : "audio";
      this.transceivers.push(new FakeTransceiver(known));
    }
    this.signalingState = type === "offer" ? "have-remote-offer" : "stable";
    return Promise.resolve();
  }

  createAnswer = () =>
    Promise.resolve({ type: "answer", sdp: this.#sdp("answer") });
  createOffer = (options: RTCOfferOptions = {}) => {
    if (this.refuses) return Promise.reject(new Error("Cannot offer"));
    if (this.hangs) return new Promise<never>(() => {});
    const type = options.iceRestart ? "restart" : "offer";
    return Promise.resolve({ type: "offer", sdp: this.#sdp(type) });
  };

  find(protocol: string): void {
    const event = new Event("icecandidate");
    this.dispatchEvent(Object.assign(event, { candidate: { protocol } }));
  }

  setLocalDescription(
    description: { type: string; sdp: string },
  ): Promise<void> {
    const isOffer = description.type === "offer";
    this.localDescription = description;
    this.signalingState = isOffer ? "have-local-offer" : "stable";
    if (this.iceGatheringState === "complete") this.find("udp");
    return Promise.resolve();
  }

  close(): void {
    this.isClosed = true;
    this.signalingState = "closed";
  }

  /** A track of the other side arrives. */
  receive(kind: "audio" | "video"): FakeTrack {
    const track = new FakeTrack(kind);
    this.dispatchEvent(Object.assign(new Event("track"), { track }));
    return track;
  }

  become(state: "connected" | "disconnected" | "failed"): void {
    this.connectionState = state;
    this.dispatchEvent(new Event("connectionstatechange"));
    this.iceConnectionState = state;
    this.dispatchEvent(new Event("iceconnectionstatechange"));
  }

  /** Returns its type, and the direction of each section. */
  #sdp(type: string): string {
    const sections = this.transceivers.map(({ receiver, direction }) =>
      `${receiver.track.kind}:${direction}`
    );
    return [`${type} ${++this.#count}`, ...sections].join(" ");
  }
}

class FakeDtmf {
  canInsertDTMF = false;
  toneBuffer = "";
  insertDTMF = (tones: string) => void (this.toneBuffer = tones);
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
    dtmf: new FakeDtmf(),
  };

  constructor(kind: "audio" | "video") {
    this.receiver = { track: new FakeTrack(kind) };
  }
}
