/** Notes in Hz and when they begin, in seconds from the start of the sound. */
type Note = [hz: number, at: number, seconds: number];

const RING: Note[] = [
  [523.25, 0, 0.9],
  [659.25, 0.16, 0.9],
  [783.99, 0.32, 1.3],
  [1046.5, 0.62, 1.5],
];
const RING_EVERY_S = 2.8;
/** One ring is scheduled as a whole: timers of hidden tabs are late. */
const RINGS = 40;
const MESSAGE: Note[] = [[783.99, 0, 0.35], [1174.66, 0.09, 0.6]];
const RING_GAIN = 0.22;
const MESSAGE_GAIN = 0.14;

/** The desk's sounds, made of sine tones in the browser: nothing to load. */
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

  /** Rings until disposed, for two minutes at most. */
  ring(): Disposable {
    return this.#play(RING_GAIN, (out, from) => {
      for (let n = 0; n < RINGS; n++) {
        this.#notes(RING, out, from + n * RING_EVERY_S);
      }
    });
  }

  message(): void {
    this.#play(MESSAGE_GAIN, (out, from) => this.#notes(MESSAGE, out, from));
  }

  #play(
    gain: number,
    schedule: (out: AudioNode, from: number) => void,
  ): Disposable {
    const context = this.#context;
    if (context?.state !== "running") return { [Symbol.dispose]: () => {} };
    const out = new GainNode(context, { gain });
    out.connect(context.destination);
    schedule(out, context.currentTime + 0.02);
    return {
      [Symbol.dispose]() {
        out.gain.setTargetAtTime(0, context.currentTime, 0.03);
        setTimeout(() => out.disconnect(), 300);
      },
    };
  }

  /** A soft bell: a tone, a quiet octave above it, both dying away. */
  #notes(notes: Note[], out: AudioNode, from: number): void {
    for (const [hz, at, seconds] of notes) {
      this.#tone({ hz, at: from + at, seconds, level: 0.8 }, out);
      this.#tone({
        hz: hz * 2,
        at: from + at,
        seconds: seconds / 2,
        level: 0.2,
      }, out);
    }
  }

  #tone(
    { hz, at, seconds, level }: {
      hz: number;
      at: number;
      seconds: number;
      level: number;
    },
    out: AudioNode,
  ): void {
    const context = out.context;
    const tone = new OscillatorNode(context, { frequency: hz });
    const envelope = new GainNode(context, { gain: 0 });
    envelope.gain.setValueAtTime(0, at);
    envelope.gain.linearRampToValueAtTime(level, at + 0.012);
    envelope.gain.exponentialRampToValueAtTime(0.001, at + seconds);
    tone.connect(envelope).connect(out);
    tone.start(at);
    tone.stop(at + seconds);
  }
}
