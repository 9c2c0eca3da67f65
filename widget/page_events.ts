import type { ConnectionEvent } from "./connection.ts";

/** A device whose timer did not run for this long has slept. */
const SLEPT_MS = 75_000;
const TICK_MS = 60_000;

/**
 * Dispatches events of the page around the widget: into and out of the
 * back/forward cache, awake again, online again. It doesn't listen to `unload`,
 * which would keep the page out of that cache.
 */
export function watchPage(
  dispatch: (event: ConnectionEvent) => void,
  signal: AbortSignal,
): void {
  let tickAt = Date.now();
  const awake = () => {
    tickAt = Date.now();
    dispatch({ type: "wake" });
  };
  const tick = setInterval(() => {
    if (Date.now() - tickAt <= SLEPT_MS) tickAt = Date.now();
    else if (!document.hidden) awake(); // Otherwise as soon as it is shown.
  }, TICK_MS);
  signal.addEventListener("abort", () => clearInterval(tick));
  addEventListener("online", () => dispatch({ type: "network" }), { signal });
  // A page that closes for good needs no event. A running call has already sent
  // ClearCall, because no close code says so.
  addEventListener("pagehide", ({ persisted }) => {
    if (persisted) dispatch({ type: "leave" });
  }, { signal });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) dispatch({ type: "arrive" });
  }, { signal });
  document.addEventListener("visibilitychange", () => {
    // A tab that was hidden for a moment has not slept.
    if (!document.hidden && Date.now() - tickAt > SLEPT_MS) awake();
  }, { signal });
}
