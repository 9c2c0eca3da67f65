/** A queue between senders and receivers; both can wait; in order. */
export class Mailbox<T> {
  readonly #items: T[] = [];
  readonly #readers: ((item: T) => void)[] = [];

  put(item: T): void {
    const reader = this.#readers.shift();
    if (reader) reader(item);
    else this.#items.push(item);
  }

  next(): Promise<T> {
    if (this.#items.length > 0) {
      return Promise.resolve(this.#items.shift() as T);
    }
    return new Promise((resolve) => this.#readers.push(resolve));
  }
}
