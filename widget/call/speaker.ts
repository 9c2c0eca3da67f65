import type { Clock } from "@/lib/base/clock.ts";
import { MEDIA_LIMITS } from "@/lib/media/limits.ts";
import { within } from "@/lib/media/within.ts";
import { chosen } from "./deps.ts";

/** Plays the agent's audio. */
export class Speaker {
  readonly #audio: HTMLAudioElement;
  readonly #clock: Clock;
  readonly #changed: () => void;
  #isSilent = false;
  #isStopped = false;

  constructor(
    { clock, newAudio }: { clock: Clock; newAudio(): HTMLAudioElement },
    changed: () => void,
  ) {
    this.#clock = clock;
    this.#changed = changed;
    this.#audio = newAudio();
    if (chosen.speaker) this.choose(chosen.speaker);
  }

  /** True if the browser requires another click before it plays. */
  get silent(): boolean {
    return this.#isSilent;
  }

  /** The id of the speaker in use. */
  get id(): string {
    return this.#audio.sinkId || "default";
  }

  listen(stream: MediaStream): void {
    this.#audio.srcObject = stream;
    this.play();
  }

  play(): void {
    this.#limited(this.#audio.play(), () => this.#quiet(false)).then(
      () => this.#quiet(false),
      () => this.#quiet(true),
    );
  }

  /** Switches to another speaker, or keeps the old one if that fails. */
  async choose(id: string): Promise<void> {
    chosen.speaker = id;
    if (!this.#audio.setSinkId) return;
    await this.#limited(this.#audio.setSinkId(id)).catch(() => {});
  }

  stop(): void {
    this.#isStopped = true;
    this.#audio.srcObject = null;
  }

  #limited(promise: Promise<void>, late?: () => void): Promise<void> {
    const clock = this.#clock;
    return within(promise, { clock, ms: MEDIA_LIMITS.deviceMs, late });
  }

  #quiet(isSilent: boolean): void {
    if (this.#isStopped || this.#isSilent === isSilent) return;
    this.#isSilent = isSilent;
    this.#changed();
  }
}
