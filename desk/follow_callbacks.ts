import { effect } from "@preact/signals";
import type { Desk } from "./desk.ts";
import type { DeskCallbacks } from "./desk_callbacks.ts";

/** A ring must not outlast its callback, even if a message is lost. */
const CALLBACKS_MS = 30_000;

/** Asks for callbacks when they may have changed, and from time to time while some
 * are shown. Returns a function that ends it. */
export function followCallbacks(
  desk: Pick<Desk, "callbackChanges" | "callbackRings">,
  callbacks: DeskCallbacks,
): () => void {
  const end = new AbortController();
  callbacks.hidden.follow(self, end.signal);
  const ends = [
    effect(() => {
      if (desk.callbackChanges.value > 0) void callbacks.refresh();
    }),
    effect(() => {
      desk.callbackRings.value = callbacks.rings.value;
    }),
  ];
  const timer = setInterval(() => {
    if (callbacks.shown.peek().length > 0) void callbacks.refresh();
  }, CALLBACKS_MS);
  return () => {
    clearInterval(timer);
    end.abort();
    for (const endOne of ends) endOne();
  };
}
