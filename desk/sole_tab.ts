import { deferred } from "@/lib/base/deferred.ts";

/**
 * Calls back when this tab holds the lock `name`: immediately, or after the tab
 * that held it has closed. Returns a function that releases it. In a browser
 * without locks each tab counts as the only one.
 */
export function soleTab(
  name: string,
  tell: (isSole: boolean) => void,
): () => void {
  const locks = navigator.locks;
  if (locks === undefined) {
    tell(true);
    return () => tell(false);
  }
  const end = new AbortController();
  const held = deferred();
  locks.request(name, { signal: end.signal }, () => {
    tell(true);
    return held.promise;
  }).catch(() => {}); // Cancelled before we had the lock.
  return () => {
    end.abort();
    held.resolve();
    tell(false);
  };
}
