/** Runs things in the order in which they came; some have to wait for a word,
 * and all that came after them wait too. */
export class InOrder {
  readonly #waiting: { run: () => void; isReady: boolean }[] = [];
  #busy = false;

  /** Runs it now, or behind what waits. */
  now(run: () => void): void {
    this.#waiting.push({ run, isReady: true });
    this.#go();
  }

  /** Runs it when the function is called that `wait` is given, not before what
   * came earlier. */
  later(run: () => void, wait: (ready: () => void) => void): void {
    const one = { run, isReady: false };
    this.#waiting.push(one);
    wait(() => {
      one.isReady = true;
      this.#go();
    });
  }

  #go(): void {
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#waiting[0]?.isReady) this.#waiting.shift()?.run();
    } finally {
      this.#busy = false;
    }
  }
}
