import type { Result } from "@/lib/base/result.ts";
import type { EndReason } from "./end_reason.ts";
import { audioOf, type Chosen, openMedia, videoOf } from "./microphone.ts";

/** What was chosen holds for the next call as well, as long as the page lives. */
const chosen: Chosen = { microphone: "", camera: "" };

/** Where the agent is heard. */
export function newSpeaker(): HTMLAudioElement {
  const audio = new Audio();
  // One that is not there any more: the browser's choice is heard.
  if (chosen.speaker) audio.setSinkId(chosen.speaker).catch(() => {});
  return audio;
}

/** What the visitor sends: microphone, camera, screen. */
export class OwnTracks {
  readonly stream = new MediaStream();
  readonly chosen = chosen;
  #muted = false;
  #sharing = false;

  get muted(): boolean {
    return this.#muted;
  }

  get sharing(): boolean {
    return this.#sharing;
  }

  /** What is on the visitor's own picture, if anything is. */
  get video(): MediaStreamTrack | undefined {
    return this.stream.getVideoTracks()[0];
  }

  get audio(): MediaStreamTrack | undefined {
    return this.stream.getAudioTracks()[0];
  }

  /** Opens what a call begins with; tells if there is no camera. */
  async open(
    video: boolean,
  ): Promise<Result<{ noCamera: boolean }, EndReason>> {
    const opened = await openMedia({ video, chosen: this.chosen });
    if (!opened.ok) return opened;
    const { stream, noCamera } = opened.value;
    for (const track of stream.getTracks()) this.stream.addTrack(track);
    return { ok: true, value: { noCamera } };
  }

  mute(muted: boolean): void {
    this.#muted = muted;
    if (this.audio) this.audio.enabled = !muted;
  }

  /** Another microphone; undefined if it cannot be opened. */
  async openMicrophone(id: string): Promise<MediaStreamTrack | undefined> {
    this.chosen.microphone = id;
    const track = await this.#try({ audio: audioOf(this.chosen) });
    if (track) {
      this.#swap(this.audio, track);
      track.enabled = !this.#muted;
    }
    return track;
  }

  /** The camera, or another one; undefined if it cannot be opened. */
  async openCamera(id = this.chosen.camera) {
    this.chosen.camera = id;
    const track = await this.#try({ video: videoOf(this.chosen) });
    if (track) this.#swap(this.video, track);
    this.#sharing &&= track === undefined;
    return track;
  }

  closeVideo(): void {
    this.#swap(this.video);
    this.#sharing = false;
  }

  /** The screen in place of the camera; undefined if the visitor thinks better. */
  async openScreen(ended: () => void): Promise<MediaStreamTrack | undefined> {
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia();
      const [track] = stream.getVideoTracks();
      if (track === undefined) return undefined;
      this.#swap(this.video, track);
      this.#sharing = true;
      track.onended = ended;
      return track;
    } catch {
      return undefined;
    }
  }

  stop(): void {
    for (const track of this.stream.getTracks()) this.#swap(track);
  }

  async #try(constraints: MediaStreamConstraints) {
    try {
      const stream = await navigator.mediaDevices.getUserMedia(constraints);
      return stream.getTracks()[0];
    } catch {
      return undefined; // What runs goes on.
    }
  }

  #swap(old: MediaStreamTrack | undefined, track?: MediaStreamTrack): void {
    if (old) {
      old.onended = null;
      old.stop();
      this.stream.removeTrack(old);
    }
    if (track) this.stream.addTrack(track);
  }
}
