/** Time for which one help text stays. */
const TURN_MS = 8_000;

/** Shows the help texts next to the launcher once, one after the other. Stores
 * nothing. */
export class Help {
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Returns the current text, or "" after the last one. */
  text(texts: readonly string[]): string {
    return texts[this.#turn] ?? "";
  }

  /** Changes to the next text after its time, until there is none left. */
  run(texts: readonly string[], changed: () => void): void {
    if (this.#timer !== undefined || this.text(texts) === "") return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#turn++;
      changed();
    }, TURN_MS);
  }

  /** Hides the rest, because the visitor has seen enough of them. */
  hush(): void {
    this.#turn = Infinity;
    this.stop();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
