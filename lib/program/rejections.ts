import { getLogger } from "@logtape/logtape";
import type { Counters } from "@/lib/base/counters.ts";

const log = getLogger(["widgets", "run"]);

/**
 * Keeps the process alive when a promise is rejected that no code handles,
 * because a bug in one connection must not end every call. Logs it and counts
 * `unhandled_rejections`. Ends when disposed of.
 */
export function surviveRejections(counters: Counters): Disposable {
  const onRejection = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    counters.count("unhandled_rejections");
    log.error("Unhandled rejection: {error}", { error: event.reason });
  };
  addEventListener("unhandledrejection", onRejection);
  return {
    [Symbol.dispose]: () =>
      removeEventListener("unhandledrejection", onRejection),
  };
}
