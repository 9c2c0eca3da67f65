import { bells, type Note } from "./bell.ts";

const RING: Note[] = [
  [523.25, 0, 0.9],
  [659.25, 0.16, 0.9],
  [783.99, 0.32, 1.3],
  [1046.5, 0.62, 1.5],
];
/** Length of the notes and the pause before they repeat. */
const RING_S = 2.8;
const MESSAGE: Note[] = [[783.99, 0, 0.35], [1174.66, 0.09, 0.6]];
const MESSAGE_S = 0.8;
const RING_GAIN = 0.5;
const MESSAGE_GAIN = 0.3;
/** Fade-out of a sound that is stopped. */
const FADE_S = 0.15;

/** The desk's sounds, generated in the browser without any file. */
export class Sounds {
  #context: AudioContext | undefined;

  /** Must be called after the first press on the page, because browsers block
   * sound before it. Resolves to whether sound can be played now. */
  async unlock(): Promise<boolean> {
    if (typeof AudioContext === "undefined") return false;
    this.#context ??= new AudioContext();
    if (this.#context.state === "suspended") {
      await this.#context.resume().catch(() => {});
    }
    return this.#context.state === "running";
  }

  /** Rings until disposed. */
  ring(): Disposable {
    const loop = true; // Timers of hidden tabs are delayed.
    return this.#play(RING, { seconds: RING_S, gain: RING_GAIN, loop });
  }

  message(): void {
    this.#play(MESSAGE, {
      seconds: MESSAGE_S,
      gain: MESSAGE_GAIN,
      loop: false,
    });
  }

  #play(
    notes: Note[],
    { seconds, gain, loop }: { seconds: number; gain: number; loop: boolean },
  ): Disposable {
    const context = this.#context;
    if (context?.state !== "running") return { [Symbol.dispose]: () => {} };
    const { sampleRate } = context;
    const samples = bells(notes, { seconds, sampleRate });
    const buffer = new AudioBuffer({ length: samples.length, sampleRate });
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(context, { buffer, loop });
    const volume = new GainNode(context, { gain });
    source.connect(volume).connect(context.destination);
    source.start();
    return {
      [Symbol.dispose]() {
        volume.gain.setTargetAtTime(0, context.currentTime, FADE_S / 4);
        source.stop(context.currentTime + FADE_S);
      },
    };
  }
}
