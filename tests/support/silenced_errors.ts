export interface SilencedErrors extends Disposable {
  /** The arguments of `console.error` meanwhile. */
  calls: unknown[][];
}

/** Keeps errors that a test provokes out of its output. */
export function silencedErrors(): SilencedErrors {
  const { error } = console;
  const calls: unknown[][] = [];
  console.error = (...args: unknown[]) => calls.push(args);
  return { calls, [Symbol.dispose]: () => console.error = error };
}
