/** So long without a new candidate, gathering has gone on for long enough. */
const GATHER_SILENCE_MS = 1_000;
/** A short interruption heals itself; a longer one is worth a new start. */
const HEAL_MS = 2_500;

export interface PhoneEvents {
  /** Media of the agent came or changed. */
  remote(): void;
  flowing(): void;
  broken(): void;
}

/** The browser's end of the media: one RTCPeerConnection. */
export class Phone {
  readonly #peer: RTCPeerConnection;
  readonly #events: PhoneEvents;
  readonly remote = new MediaStream();
  #healing: ReturnType<typeof setTimeout> | undefined;

  constructor(iceServers: RTCIceServer[], events: PhoneEvents) {
    this.#events = events;
    const peer = this.#peer = new RTCPeerConnection({ iceServers });
    peer.ontrack = ({ track }) => this.#hear(track);
    peer.oniceconnectionstatechange = () => this.#watch();
  }

  /** Sends a track from the next offer or answer on. */
  add(track: MediaStreamTrack, stream: MediaStream): void {
    const idle = this.#peer.getTransceivers().find(({ sender, receiver }) =>
      sender.track === null && receiver.track.kind === track.kind
    );
    if (idle === undefined) {
      this.#peer.addTrack(track, stream);
      return;
    }
    idle.direction = "sendrecv";
    idle.sender.setStreams(stream);
    idle.sender.replaceTrack(track);
  }

  /** Sends another track in the place of what is sent of its kind; says whether
   * something of the kind was sent. */
  async replace(kind: string, track: MediaStreamTrack | null) {
    const sender = this.#sender(kind);
    await sender?.replaceTrack(track);
    return sender !== undefined;
  }

  /** A complete offer: this wire knows no trickle. */
  async offer(restart: boolean): Promise<string> {
    if (restart) this.#peer.restartIce();
    await this.#peer.setLocalDescription(await this.#peer.createOffer());
    return await this.#gathered(restart);
  }

  async takeAnswer(sdp: string): Promise<void> {
    await this.#peer.setRemoteDescription({ type: "answer", sdp });
  }

  /** Takes the agent's offer, also over an own one, and answers. */
  async takeOffer(sdp: string): Promise<string> {
    await this.#peer.setRemoteDescription({ type: "offer", sdp });
    await this.#peer.setLocalDescription(await this.#peer.createAnswer());
    return await this.#gathered();
  }

  /** Whether keys can be sent: not before sound flows, nor while it only comes. */
  get dials(): boolean {
    return this.#sender("audio")?.dtmf?.canInsertDTMF ?? false;
  }

  dial(digits: string): void {
    this.#sender("audio")?.dtmf?.insertDTMF(digits);
  }

  stats(): Promise<RTCStatsReport> {
    return this.#peer.getStats();
  }

  close(): void {
    clearTimeout(this.#healing);
    this.#peer.oniceconnectionstatechange = null;
    this.#peer.close();
  }

  #sender(kind: string): RTCRtpSender | undefined {
    return this.#peer.getSenders().find(({ track }) => track?.kind === kind);
  }

  #hear(track: MediaStreamTrack): void {
    this.remote.addTrack(track);
    const changed = () => this.#events.remote();
    track.onmute = track.onunmute = changed;
    track.onended = () => {
      this.remote.removeTrack(track);
      changed();
    };
    changed();
  }

  #watch(): void {
    clearTimeout(this.#healing);
    switch (this.#peer.iceConnectionState) {
      case "connected":
      case "completed":
        return this.#events.flowing();
      case "failed":
        return this.#events.broken();
      case "disconnected":
        this.#healing = setTimeout(() => this.#events.broken(), HEAL_MS);
    }
  }

  /**
   * Resolves with all candidates inside, or with those that came in time. Of a
   * new start, `complete` is still said of the one before.
   */
  #gathered(restart = false): Promise<string> {
    const peer = this.#peer;
    return new Promise((resolve) => {
      let silence = setTimeout(done, GATHER_SILENCE_MS);
      function done() {
        clearTimeout(silence);
        peer.onicecandidate = peer.onicegatheringstatechange = null;
        resolve(peer.localDescription?.sdp ?? "");
      }
      peer.onicecandidate = () => {
        clearTimeout(silence);
        silence = setTimeout(done, GATHER_SILENCE_MS);
      };
      peer.onicegatheringstatechange = () => {
        if (peer.iceGatheringState === "complete") done();
      };
      if (!restart && peer.iceGatheringState === "complete") done();
    });
  }
}
