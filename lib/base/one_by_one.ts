/**
 * Passes events to `handle` one at a time. An event that arrives during a call
 * of `handle` (a bank may answer a command before the command returns) waits
 * for its end.
 */
export class OneByOne<Event> {
  readonly #handle: (event: Event) => void;
  readonly #waiting: Event[] = [];
  #busy = false;

  constructor(handle: (event: Event) => void) {
    this.#handle = handle;
  }

  take(event: Event): void {
    this.#waiting.push(event);
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next; (next = this.#waiting.shift()) !== undefined;) {
        this.#handle(next);
      }
    } finally {
      this.#busy = false;
    }
  }
}
