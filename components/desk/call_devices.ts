import { err, ok, type Result } from "@/lib/base/result.ts";
import { type MediaTrouble, troubleOf } from "./media_state.ts";

/** Asks for devices: rejects as `navigator.mediaDevices.getUserMedia`, or with
 * the name `InsecureError` where a page may not ask at all. */
export type GetMedia = (
  constraints: MediaStreamConstraints,
) => Promise<MediaStream>;

/** The agent's microphone and camera in one call. */
export class CallDevices {
  readonly #getMedia: GetMedia;
  readonly #lost: () => void;
  #stream: MediaStream | undefined;
  #microphone: MediaStreamTrack | undefined;
  #camera: MediaStreamTrack | undefined;
  #isSilent = { muted: false, held: false };
  #isClosed = false;

  /** `lost` is called when the microphone is gone and no other is there. */
  constructor({ getMedia, lost }: { getMedia: GetMedia; lost: () => void }) {
    this.#getMedia = getMedia;
    this.#lost = lost;
  }

  get microphone(): MediaStreamTrack | undefined {
    return this.#microphone;
  }

  get camera(): MediaStreamTrack | undefined {
    return this.#camera;
  }

  get stream(): MediaStream | undefined {
    return this.#stream;
  }

  /** Without a camera it is a voice call, and `trouble` says why; without a
   * microphone it is none. */
  async open(
    video: boolean,
  ): Promise<Result<{ trouble: MediaTrouble | null }, MediaTrouble>> {
    let trouble: MediaTrouble | null = null;
    if (video) {
      try {
        return this.#take(await this.#getMedia({ audio: true, video: true }));
      } catch (error) {
        trouble = troubleOf(error, "camera");
      }
    }
    try {
      return this.#take(await this.#getMedia({ audio: true }), trouble);
    } catch (error) {
      return err(troubleOf(error, "microphone"));
    }
  }

  async openCamera(): Promise<Result<undefined, MediaTrouble>> {
    try {
      const stream = await this.#getMedia({ video: true });
      const [track] = stream.getVideoTracks();
      if (this.#isClosed) track?.stop();
      else if (track) {
        this.#camera = track;
        this.#stream?.addTrack(track);
        this.#setEnabled();
      }
      return ok(undefined);
    } catch (error) {
      return err(troubleOf(error, "camera"));
    }
  }

  /** The camera's light goes out. */
  closeCamera(): void {
    const camera = this.#camera;
    this.#camera = undefined;
    if (camera) this.#stream?.removeTrack(camera);
    camera?.stop();
  }

  /** Looks for another microphone; returns whether there is one. */
  async replaceMicrophone(): Promise<boolean> {
    try {
      const stream = await this.#getMedia({ audio: true });
      const [track] = stream.getAudioTracks();
      if (this.#isClosed) track?.stop();
      else this.#setMicrophone(track);
      return track !== undefined;
    } catch {
      return false;
    }
  }

  /** Muted: the microphone is off; held: the camera too. */
  silence(why: { muted: boolean; held: boolean }): void {
    this.#isSilent = why;
    this.#setEnabled();
  }

  close(): void {
    this.#isClosed = true;
    this.#microphone?.stop();
    this.#camera?.stop();
  }

  #take(stream: MediaStream, trouble: MediaTrouble | null = null) {
    if (this.#isClosed) {
      for (const track of stream.getTracks()) track.stop();
      return ok({ trouble });
    }
    this.#stream = stream;
    this.#camera = stream.getVideoTracks()[0];
    this.#setMicrophone(stream.getAudioTracks()[0]);
    return ok({ trouble });
  }

  #setMicrophone(track: MediaStreamTrack | undefined): void {
    this.#microphone = track;
    track?.addEventListener("ended", () => {
      if (!this.#isClosed && track === this.#microphone) this.#lost();
    });
    this.#setEnabled();
  }

  #setEnabled(): void {
    const { muted, held } = this.#isSilent;
    if (this.#microphone) this.#microphone.enabled = !muted && !held;
    if (this.#camera) this.#camera.enabled = !held;
  }
}
