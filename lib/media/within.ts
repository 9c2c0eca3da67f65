import type { Clock } from "@/lib/base/clock.ts";

/**
 * Settles like `promise`, or rejects with a `TimeoutError` after `ms`. Passes a
 * value that arrives later to `late`, so that it can be released.
 */
export function within<T>(
  promise: Promise<T>,
  { clock, ms, late }: {
    clock: Clock;
    ms: number;
    late?: ((value: T) => void) | undefined;
  },
): Promise<T> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = clock.after(ms, () => {
      isLate = true;
      reject(new DOMException("", "TimeoutError"));
    });
    promise.then((value) => {
      timer[Symbol.dispose]();
      if (isLate) late?.(value);
      else resolve(value);
    }, (error) => {
      timer[Symbol.dispose]();
      reject(error);
    });
  });
}
