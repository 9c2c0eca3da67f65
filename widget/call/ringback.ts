import { play } from "../contact/tone.ts";

/** Europe's ringing tone: 425 Hz, a second of tone in every five. */
const TONE_HZ = 425;
const TONE_MS = 1_000;
const EVERY_MS = 5_000;

/** The soft tone that the caller hears while the phone rings. */
export class Ringback {
  #audio: AudioContext | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  start(): void {
    if (this.#timer !== undefined) return;
    const ring = () => this.#audio && play(this.#audio, [TONE_HZ], TONE_MS);
    try {
      this.#audio = new AudioContext();
      ring();
    } catch {
      // The browser has no audio, but the state is on the screen as well.
    }
    this.#timer = setInterval(ring, EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#audio?.close().catch(() => {}); // It is closed already.
    this.#audio = undefined;
  }
}
