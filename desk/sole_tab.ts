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

/**
 * The same, but the tab that got the focus last takes the lock from the one that
 * holds it, which waits for it again.
 */
export function lastUsedTab(
  name: string,
  tell: (isLast: boolean) => void,
): () => void {
  const locks = navigator.locks;
  if (locks === undefined) return soleTab(name, tell);
  const end = new AbortController();
  const held = deferred();
  let waiting = new AbortController();
  let isHolder = false;
  const hold = () => {
    isHolder = true;
    tell(true);
    return held.promise;
  };
  const lose = () => {
    if (end.signal.aborted) return;
    isHolder = false;
    tell(false);
    wait();
  };
  const wait = () => {
    const { signal } = waiting = new AbortController();
    // A request that fails before it has the lock would fail again: the page is
    // being left. Asking again at once would never let it go.
    locks.request(name, { signal }, hold).catch(() => isHolder && lose());
  };
  const take = () => {
    if (isHolder) return;
    waiting.abort();
    locks.request(name, { steal: true }, hold).catch(lose);
  };
  self.addEventListener("focus", take, { signal: end.signal });
  if (document.hasFocus()) take();
  else wait();
  return () => {
    end.abort();
    waiting.abort();
    held.resolve();
    tell(false);
  };
}
