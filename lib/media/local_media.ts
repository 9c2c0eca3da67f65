import { err, ok, type Result } from "@/lib/base/result.ts";
import { cameraOf, type Chosen, microphoneOf } from "./constraints.ts";
import { MEDIA_LIMITS } from "./limits.ts";
import type {
  LocalMediaDeps,
  LocalMediaOwner,
  MediaKind,
  Notice,
} from "./ports.ts";
import { MediaRequests } from "./requests.ts";
import type { MediaTrouble } from "./trouble.ts";

/**
 * Microphone, camera and screen of one call. Tracks that the browser delivers
 * after `close()`, or after a newer request for the same kind, are stopped
 * immediately.
 */
export class LocalMedia {
  readonly stream: MediaStream;
  readonly chosen: Chosen;
  readonly #deps: LocalMediaDeps;
  readonly #owner: LocalMediaOwner;
  readonly #requests: MediaRequests;
  readonly #lostAt = new Map<MediaKind, number>();
  readonly #recovering = new Set<MediaKind>();
  /** Counts the requests for each kind, because only the newest one counts. */
  readonly #requestCounts = { audio: 0, video: 0 };
  #silence = { muted: false, held: false };
  #isSharing = false;
  #isClosed = false;
  #replaced: Disposable | undefined;

  constructor(
    deps: LocalMediaDeps,
    owner: LocalMediaOwner,
    chosen: Chosen = { microphone: "", camera: "" },
  ) {
    this.#deps = deps;
    this.#owner = owner;
    this.#requests = new MediaRequests(deps, () => this.#changed());
    this.chosen = chosen;
    this.stream = deps.newStream();
    deps.devices?.addEventListener("devicechange", this.#lookAtDevices);
  }

  get audio(): MediaStreamTrack | undefined {
    return this.stream.getAudioTracks()[0];
  }

  /** The camera or the screen. */
  get video(): MediaStreamTrack | undefined {
    return this.stream.getVideoTracks()[0];
  }

  get muted(): boolean {
    return this.#silence.muted;
  }

  /** True if the screen is shared instead of the camera. */
  get sharing(): boolean {
    return this.#isSharing;
  }

  get notices(): Notice[] {
    const { audio, video } = this;
    const all: [unknown, Notice][] = [
      [this.#requests.isSlow, "asking"],
      [this.#lostAt.has("audio"), "microphoneLost"],
      [isSilent(audio) && !this.muted, "microphoneSilent"],
      [this.#lostAt.has("video"), "cameraLost"],
      [isSilent(video) && !this.#isSharing, "cameraSilent"],
      [this.#replaced, "deviceReplaced"],
    ];
    return all.flatMap(([is, notice]) => is ? notice : []);
  }

  /**
   * Opens the devices for the start of a call. Without a camera it is a voice
   * call and `noCamera` says why; without a microphone there is no call.
   */
  async open(
    video: boolean,
  ): Promise<Result<{ noCamera?: MediaTrouble }, MediaTrouble>> {
    const trouble = this.#deps.callTrouble();
    if (trouble) return err(trouble);
    const audio = microphoneOf(this.chosen);
    if (!video) return await this.#begin({ audio });
    const both = await this.#begin({ audio, video: cameraOf(this.chosen) });
    // If a browser did not answer, it won't answer a second request either.
    if (both.ok || both.error === "late" || this.#isClosed) return both;
    const voice = await this.#begin({ audio });
    return voice.ok ? ok({ noCamera: both.error }) : voice;
  }

  /** Opens the chosen microphone. If that fails, the old one continues. */
  async openMicrophone(): Promise<MediaTrouble | undefined> {
    const audio = microphoneOf(this.chosen);
    return await this.#open("audio", this.#requests.devices({ audio }));
  }

  /** Turns the chosen camera on. */
  async openCamera(): Promise<MediaTrouble | undefined> {
    const video = cameraOf(this.chosen);
    return await this.#open("video", this.#requests.devices({ video }));
  }

  /** Shares the screen instead of the camera. */
  async openScreen(): Promise<MediaTrouble | undefined> {
    return await this.#open("video", this.#requests.screen(), true);
  }

  /** Turns the camera off, or ends sharing the screen. */
  closeVideo(): void {
    this.#requestCounts.video++;
    this.#lostAt.delete("video");
    this.#put("video");
    this.#owner.send("video", undefined);
    this.#changed();
  }

  /** Muted: the microphone is off. Held: the camera as well. */
  silence({ muted, held }: { muted: boolean; held: boolean }): void {
    this.#silence = { muted, held };
    this.#enable();
    this.#changed();
  }

  /** Lists the devices; empty if the browser does not list them in time. */
  list(): Promise<MediaDeviceInfo[]> {
    return this.#requests.list();
  }

  close(): void {
    this.#isClosed = true;
    this.#replaced?.[Symbol.dispose]();
    const { devices } = this.#deps;
    devices?.removeEventListener("devicechange", this.#lookAtDevices);
    this.#put("audio");
    this.#put("video");
  }

  async #begin(constraints: MediaStreamConstraints) {
    const asked = await this.#requests.devices(constraints);
    if (!asked.ok) return asked;
    for (const track of asked.value.getTracks()) {
      if (this.#isClosed) track.stop();
      else this.#put(track.kind === "audio" ? "audio" : "video", track);
    }
    return ok({});
  }

  async #open(
    kind: MediaKind,
    request: ReturnType<MediaRequests["devices"]>,
    isScreen = false,
  ): Promise<MediaTrouble | undefined> {
    const count = ++this.#requestCounts[kind];
    const asked = await request;
    const isWanted = !this.#isClosed && count === this.#requestCounts[kind];
    if (!asked.ok) return isWanted ? asked.error : undefined;
    const [track, ...more] = asked.value.getTracks();
    if (track && isWanted) {
      this.#put(kind, track, isScreen);
      this.#owner.send(kind, track);
      this.#changed();
    } else track?.stop();
    for (const other of more) other.stop();
    return undefined;
  }

  #put(kind: MediaKind, track?: MediaStreamTrack, isScreen = false): void {
    const old = kind === "audio" ? this.audio : this.video;
    if (old) {
      this.stream.removeTrack(old);
      old.stop();
    }
    if (kind === "video") this.#isSharing = isScreen;
    if (track === undefined) return;
    this.#lostAt.delete(kind);
    this.stream.addTrack(track);
    const changed = () => this.#has(track) && this.#changed();
    track.addEventListener("mute", changed);
    track.addEventListener("unmute", changed);
    track.addEventListener("ended", () => this.#lost(kind, track));
    this.#enable();
  }

  #has(track: MediaStreamTrack): boolean {
    return this.stream.getTracks().includes(track);
  }

  /** Handles a device that was unplugged, or the end of screen sharing by the
   * user. */
  #lost(kind: MediaKind, track: MediaStreamTrack): void {
    if (!this.#has(track)) return;
    if (kind === "video" && this.#isSharing) return this.closeVideo();
    this.#lostAt.set(kind, this.#deps.clock.now());
    this.#changed();
    this.#recover(kind);
  }

  async #recover(kind: MediaKind): Promise<void> {
    if (this.#recovering.has(kind)) return;
    this.#recovering.add(kind);
    if (kind === "audio") await this.openMicrophone();
    else await this.openCamera();
    this.#recovering.delete(kind);
    if (this.#isClosed) return;
    const track = kind === "audio" ? this.audio : this.video;
    if (track?.readyState === "live") return this.#showReplaced();
    if (kind === "audio" || track === undefined) return;
    // The last frame must not remain as if it were live.
    this.#put("video");
    this.#owner.send("video", undefined);
    this.#changed();
  }

  #showReplaced(): void {
    this.#replaced?.[Symbol.dispose]();
    const ms = MEDIA_LIMITS.replacedShownMs;
    this.#replaced = this.#deps.clock.after(ms, () => {
      this.#replaced = undefined;
      this.#changed();
    });
    this.#changed();
  }

  /** Runs when a device is plugged in or out. A new one may replace a lost one,
   * and not every browser ends the track of an unplugged device. */
  readonly #lookAtDevices = async (): Promise<void> => {
    const cameraLostFor = this.#deps.clock.now() -
      (this.#lostAt.get("video") ?? -Infinity);
    if (this.#lostAt.has("audio")) this.#recover("audio");
    if (cameraLostFor < MEDIA_LIMITS.cameraBackMs) this.#recover("video");
    const list = await this.list();
    this.#lookFor("audio", list.filter((one) => one.kind === "audioinput"));
    if (this.#isSharing) return;
    this.#lookFor("video", list.filter((one) => one.kind === "videoinput"));
  };

  #lookFor(kind: MediaKind, list: MediaDeviceInfo[]): void {
    const track = kind === "audio" ? this.audio : this.video;
    const id = track?.getSettings().deviceId;
    if (!track || !id || list.length === 0 || this.#lostAt.has(kind)) return;
    if (!list.some(({ deviceId }) => deviceId === id)) this.#lost(kind, track);
  }

  #enable(): void {
    const { muted, held } = this.#silence;
    if (this.audio) this.audio.enabled = !muted && !held;
    if (this.video) this.video.enabled = !held;
  }

  #changed(): void {
    if (!this.#isClosed) this.#owner.changed();
  }
}

function isSilent(track: MediaStreamTrack | undefined): boolean {
  return track !== undefined && track.muted && track.readyState === "live";
}
