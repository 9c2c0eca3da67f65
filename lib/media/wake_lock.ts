import { allowsFeature } from "./page_policy.ts";

type Wakeable = Pick<Document, "visibilityState"> & EventTarget;
type Locks = Pick<WakeLock, "request"> | undefined;

/**
 * Keeps the screen on until the returned function is called, so that a phone
 * does not end the call. The browser releases the lock whenever the page is
 * hidden, so it is requested again when the page becomes visible. Does nothing
 * in browsers without wake locks, and where the page's policy forbids them.
 */
export function keepAwake(
  locks: Locks = allowedLocks(),
  page: Wakeable = document,
): () => void {
  if (locks === undefined) return () => {};
  let isOver = false;
  let held: WakeLockSentinel | undefined;
  const release = (lock?: WakeLockSentinel) => void lock?.release().catch(none);
  const request = () => {
    if (page.visibilityState !== "visible" || held?.released === false) return;
    locks.request("screen").then((lock) => {
      if (isOver || held?.released === false) release(lock);
      else held = lock;
    }, none);
  };
  page.addEventListener("visibilitychange", request);
  request();
  return () => {
    isOver = true;
    page.removeEventListener("visibilitychange", request);
    release(held);
  };
}

/** A battery that is nearly empty refuses the lock; the call continues. */
function none() {}

/** Chromium reports a request against the page's policy as an error of the page. */
function allowedLocks(): Locks {
  const isForbidden = allowsFeature("screen-wake-lock") === false;
  return isForbidden ? undefined : globalThis.navigator?.wakeLock;
}
