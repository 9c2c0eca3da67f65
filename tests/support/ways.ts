/** Longer than any outage of these tests. */
const LATE_MS = 30_000;

/** One side of a conversation. */
export interface Side {
  readonly said: readonly string[];
  readonly read: readonly string[];
  isWriting: boolean;
  /** Called with each text that it reads. */
  onRead: () => void;
}

/** One direction of a conversation, which measures silences. */
export class Way {
  readonly #reader: Side;
  readonly #writer: Side;
  #at = performance.now();
  #longestMs = 0;
  readonly #waiting = new Set<() => void>();

  constructor(writer: Side, reader: Side) {
    this.#writer = writer;
    this.#reader = reader;
    reader.onRead = () => this.#heard();
  }

  /** Starts to measure, and returns the longest silence until now. */
  lap(): number {
    const longest = Math.max(this.#longestMs, performance.now() - this.#at);
    this.#longestMs = 0;
    this.#at = performance.now();
    return longest;
  }

  /** Resolves when a text that is written after this call has been read. */
  async passes(): Promise<void> {
    const count = this.#writer.said.length + 1;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = () => this.#reader.read.length >= count && resolve();
    const late = setTimeout(
      () => reject(new Error(`silent for ${LATE_MS} ms`)),
      LATE_MS,
    );
    this.#waiting.add(look);
    await promise.finally(() => {
      clearTimeout(late);
      this.#waiting.delete(look);
    });
  }

  #heard(): void {
    const now = performance.now();
    this.#longestMs = Math.max(this.#longestMs, now - this.#at);
    this.#at = now;
    for (const look of [...this.#waiting]) look();
  }
}

/** Both directions of a conversation. */
export class Ways {
  readonly #ways: readonly Way[];

  constructor(one: Side, other: Side) {
    this.#ways = [new Way(one, other), new Way(other, one)];
  }

  /** Resolves when both sides have read what the other one writes from now on.
   */
  async passes(): Promise<void> {
    await Promise.all(this.#ways.map((way) => way.passes()));
  }

  /** Returns the longest silence of both directions since the last call. */
  lap(): number {
    return Math.max(...this.#ways.map((way) => way.lap()));
  }
}
