import {
  isSignedInPage,
  watchDestination,
} from "@/components/admin/destination.ts";
import type { Desk } from "./desk.ts";

/**
 * Connects the desk for as long as its page is open, until `signal` is aborted.
 * Calls `look` when the agent comes to the page.
 */
export function keepConnected(
  desk: Desk,
  { signal, look = () => {} }: { signal: AbortSignal; look?: () => void },
): void {
  const watch = () => {
    const watched = document.visibilityState === "visible" &&
      document.hasFocus();
    desk.dispatch({ type: "watch", watched });
    if (watched) desk.wake();
    if (watched) look();
  };
  const destination = watchDestination(signal, {
    onGoing: (to) => isSignedInPage(to) && desk.announceMove(),
  });
  document.addEventListener("visibilitychange", watch, { signal });
  self.addEventListener("focus", watch, { signal });
  self.addEventListener("blur", watch, { signal });
  self.addEventListener("online", () => desk.wake(), { signal });
  // No close code says that the page was left, so the page says it.
  self.addEventListener("pagehide", () => {
    const to = destination();
    desk.stop({ moves: to !== undefined && isSignedInPage(to) });
  }, { signal });
  self.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) desk.start();
  }, { signal });
  signal.addEventListener("abort", () => desk.stop());
  watch();
  desk.start();
}
