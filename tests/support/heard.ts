const DEADLINE_MS = 10_000;

/** Records the events of a listener, and waits for future ones. */
export class Heard<T> {
  readonly all: T[] = [];
  /** Called with each event, before the waiting callers. */
  onTell: (event: T) => void = () => {};
  readonly #waiting = new Set<() => void>();

  /** The listener to pass on. */
  readonly tell = (event: T): void => {
    this.all.push(event);
    this.onTell(event);
    for (const look of [...this.#waiting]) look();
  };

  /** Resolves with the first event that `matches`, past or within 10 s. */
  async until(matches: (event: T) => boolean): Promise<T> {
    const event = () => this.all.find(matches);
    await this.#wait(() => event() !== undefined);
    return event() as T;
  }

  /** Resolves when `count` events have arrived, within 10 s. */
  count(count: number): Promise<void> {
    return this.#wait(() => this.all.length >= count);
  }

  #wait(isThere: () => boolean): Promise<void> {
    if (isThere()) return Promise.resolve();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = () => isThere() && resolve();
    const deadline = setTimeout(() => {
      const heard = JSON.stringify(this.all).slice(0, 500);
      reject(new Error(`Not heard within ${DEADLINE_MS} ms, only ${heard}`));
    }, DEADLINE_MS);
    this.#waiting.add(look);
    look(); // Deno's test runner runs microtasks when a timer is set.
    return promise.finally(() => {
      clearTimeout(deadline);
      this.#waiting.delete(look);
    });
  }
}
