/** Whether a page reads what waits for it. */
export class Reading {
  /** Bytes that waited when last looked, and since when none has left. */
  #waiting = 0;
  #since = 0;

  /** How long nothing has left of the `bytes` that wait, in ms; 0: it reads. */
  stalledMs(bytes: number, now: number): number {
    const isStill = this.#waiting > 0 && bytes >= this.#waiting;
    if (isStill) return now - this.#since;
    this.#waiting = bytes;
    this.#since = now;
    return 0;
  }
}
