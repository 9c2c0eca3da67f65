import { type Signal, signal } from "@preact/signals";
import { type Clock, systemClock } from "@/lib/base/clock.ts";
import type { Toast } from "./toast.tsx";

/** Time for which a toast is shown; one that can be undone stays longer. */
const SHOWN_MS = 5_000;
const SHOWN_WITH_ACTION_MS = 12_000;
const TOASTS_MAX = 3;

/** The toasts of this page, oldest first. Create one list per page. */
export class ToastList {
  readonly toasts: Signal<readonly Toast[]> = signal([]);
  readonly #clock: Clock;
  #nextId = 1;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  /** Shows a text for some seconds, and returns its id. If there are too many,
   * the oldest one is removed. */
  show(toast: Omit<Toast, "id">): number {
    const id = this.#nextId++;
    this.toasts.value = [...this.toasts.value, { ...toast, id }]
      .slice(-TOASTS_MAX);
    const shownMs = toast.action ? SHOWN_WITH_ACTION_MS : SHOWN_MS;
    this.#clock.after(shownMs, () => this.close(id));
    return id;
  }

  close(id: number): void {
    this.toasts.value = this.toasts.value.filter((toast) => toast.id !== id);
  }
}
