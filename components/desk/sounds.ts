import { bells, type Note } from "./bell.ts";

const RING: Note[] = [
  [523.25, 0, 0.9],
  [659.25, 0.16, 0.9],
  [783.99, 0.32, 1.3],
  [1046.5, 0.62, 1.5],
];
/** The notes and the pause before they come again. */
const RING_S = 2.8;
const MESSAGE: Note[] = [[783.99, 0, 0.35], [1174.66, 0.09, 0.6]];
const MESSAGE_S = 0.8;
const RING_GAIN = 0.5;
const MESSAGE_GAIN = 0.3;
/** A sound that is cut off fades for so long. */
const FADE_S = 0.15;

/** The desk's sounds, made in the browser: nothing to load. */
export class Sounds {
  #context: AudioContext | undefined;

  /** Browsers keep a page silent until something was pressed on it: call this
   * then. Resolves to whether sounds can be heard now. */
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
    const loop = true; // Not by a timer: those of hidden tabs come late.
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
