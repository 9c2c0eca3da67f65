/** Tracks whether a page reads its waiting bytes. */
export class Reading {
  /** Waiting bytes at the last check, and the time since none has left. */
  #waiting = 0;
  #since = 0;

  /** Returns for how long none of the waiting `bytes` have left, in ms; 0 if
   * the page reads. */
  stalledMs(bytes: number, now: number): number {
    const isStill = this.#waiting > 0 && bytes >= this.#waiting;
    if (isStill) return now - this.#since;
    this.#waiting = bytes;
    this.#since = now;
    return 0;
  }
}
