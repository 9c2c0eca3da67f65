/**
 * Passes events between sessions (ARCHITECTURE.md): today inside the process,
 * later over a message bus, with the same two methods.
 */
export class Hub<Topics extends Record<string, unknown>> {
  readonly #listeners = new Map<keyof Topics, Set<(event: never) => void>>();

  /** Calls `listen` for every later event of the topic, until disposed of. */
  on<T extends keyof Topics>(
    topic: T,
    listen: (event: Topics[T]) => void,
  ): Disposable {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners);
    const own = (event: Topics[T]) => listen(event); // Allows subscribing it twice.
    listeners.add(own);
    return { [Symbol.dispose]: () => listeners.delete(own) };
  }

  /** Notifies all current listeners, in the order of their subscriptions. */
  tell<T extends keyof Topics>(topic: T, event: Topics[T]): void {
    for (const listen of [...this.#listeners.get(topic) ?? []]) {
      (listen as (event: Topics[T]) => void)(event);
    }
  }
}
