import { deferred } from "@/lib/base/deferred.ts";

/**
 * Tells whether this tab is the one of all tabs of this browser that holds
 * `name`, now or when the one that held it is closed. Returns what gives it up.
 * A browser without locks takes each tab for the only one.
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
  }).catch(() => {}); // Given up before it was ours.
  return () => {
    end.abort();
    held.resolve();
    tell(false);
  };
}
