import { MESSAGES_CHANGED } from "./changed.ts";

/** Asks again and again while the page is visible, when it becomes visible again,
 * and when this page has changed a message. One question is under way at a time.
 * Returns a function that ends it. */
export function whileVisible(
  everyMs: number,
  ask: (signal: AbortSignal) => Promise<void>,
): () => void {
  const end = new AbortController();
  const { signal } = end;
  let isAsking = false;
  async function askNow(): Promise<void> {
    if (isAsking || document.visibilityState !== "visible") return;
    isAsking = true;
    try {
      await ask(signal);
    } finally {
      isAsking = false;
    }
  }
  const timer = setInterval(askNow, everyMs);
  document.addEventListener("visibilitychange", askNow, { signal });
  addEventListener("focus", askNow, { signal });
  addEventListener(MESSAGES_CHANGED, askNow, { signal });
  return () => {
    clearInterval(timer);
    end.abort();
  };
}
