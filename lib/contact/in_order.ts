/** A queue of tasks that run in order. A task that isn't ready blocks the ones
 * behind it. */
export class InOrder {
  readonly #waiting: { run: () => void; isReady: boolean }[] = [];
  #busy = false;

  /** Runs the task immediately, or after the waiting ones. */
  now(run: () => void): void {
    this.#waiting.push({ run, isReady: true });
    this.#go();
  }

  /** Runs the task when `wait` calls its argument, but not before the earlier
   * ones. */
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
