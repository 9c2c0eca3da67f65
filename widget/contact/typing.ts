/** So long after the last key, the visitor writes no more. */
const IDLE_MS = 4_000;

/** Tells when the visitor begins to write and stops, not each key. */
export class Typing {
  readonly #tell: (typing: boolean) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (typing: boolean) => void) {
    this.#tell = tell;
  }

  touch(): void {
    if (this.#timer === undefined) this.#tell(true);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.stop(), IDLE_MS);
  }

  stop(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tell(false);
  }
}
