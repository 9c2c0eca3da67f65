import { ownCall } from "./desk_state.ts";
import type { DeskUi } from "./view/desk_ui.ts";

const TICK_MS = 1_000;

/** Connects the desk with its browser; returns what ends that. */
export function runDesk({ desk, alerts, now }: DeskUi): () => void {
  const end = new AbortController();
  const { signal } = end;
  const tick = () => now.value = Date.now() + desk.state.peek().aheadMs;
  const watch = () => {
    const watched = document.visibilityState === "visible" &&
      document.hasFocus();
    desk.on({ type: "watch", watched });
    if (watched) desk.wake();
  };
  const timer = setInterval(tick, TICK_MS);
  document.addEventListener("visibilitychange", watch, { signal });
  self.addEventListener("focus", watch, { signal });
  self.addEventListener("blur", watch, { signal });
  self.addEventListener("online", () => desk.wake(), { signal });
  self.addEventListener("beforeunload", (event) => {
    if (ownCall(desk.state.peek()) !== undefined) event.preventDefault();
  }, { signal });
  // Not every browser closes the socket with a code that says "on purpose".
  self.addEventListener("pagehide", () => desk.stop(), { signal });
  self.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) desk.start();
  }, { signal });
  const endAlerts = alerts.start();
  tick();
  watch();
  desk.start();
  return () => {
    clearInterval(timer);
    end.abort();
    endAlerts();
    desk.stop();
  };
}
