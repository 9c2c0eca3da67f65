/** How long one help text stays. */
const TURN_MS = 8_000;

/** Help texts beside the launcher: each in turn once, then none. Nothing is
 * remembered of them. */
export class Help {
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The text whose turn it is, or "" after the last one. */
  text(texts: readonly string[]): string {
    return texts[this.#turn] ?? "";
  }

  /** Goes on to the next text after its time, as long as there is one. */
  run(texts: readonly string[], changed: () => void): void {
    if (this.#timer !== undefined || this.text(texts) === "") return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#turn++;
      changed();
    }, TURN_MS);
  }

  /** The visitor has seen enough of them. */
  hush(): void {
    this.#turn = Infinity;
    this.stop();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
