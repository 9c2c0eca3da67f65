/** A promise with the function that resolves it. */
export interface Deferred<T> {
  promise: Promise<T>;
  resolve(value: T): void;
}

/** Creates a promise that its owner resolves. `Promise.withResolvers` is newer
 * than the browsers that we support. */
export function deferred<T = void>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => resolve = done);
  return { promise, resolve: (value) => resolve(value) };
}
