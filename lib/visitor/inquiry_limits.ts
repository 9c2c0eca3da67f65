import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { addressBlock } from "@/lib/base/ip_address.ts";
import { KeyedRateWindow } from "@/lib/base/rate_window.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { VisitorLimits } from "./limits.ts";

const WINDOW_MS = 3_600_000;

/** A limit that was reached, and the seconds to wait. */
export interface TooMany {
  limit: "leftPerAddressPerHour" | "leftPerWidgetPerHour";
  retryAfter: number;
}

/** Counts the messages that visitors leave, by address and by widget, at all
 * instances together. */
export class InquiryLimits implements Disposable {
  readonly #limits: Pick<
    VisitorLimits,
    "leftPerAddressPerHour" | "leftPerWidgetPerHour"
  >;
  readonly #hub: Hub<Topics>;
  readonly #clock: Pick<Clock, "now">;
  readonly #counts = new KeyedRateWindow(WINDOW_MS);
  readonly #listening: Disposable;

  constructor({ limits, hub, clock }: {
    limits: Pick<
      VisitorLimits,
      "leftPerAddressPerHour" | "leftPerWidgetPerHour"
    >;
    hub: Hub<Topics>;
    clock: Pick<Clock, "now">;
  }) {
    this.#limits = limits;
    this.#hub = hub;
    this.#clock = clock;
    this.#listening = hub.on("tried", ({ limit, key }) => {
      if (limit === "message") this.#counts.peak(key, clock.now());
    });
  }

  /** Counts a message, if it is allowed. Otherwise returns the limit. */
  take(address: string, widget: string): TooMany | undefined {
    const keys = [
      ["leftPerAddressPerHour", addressBlock(address)],
      ["leftPerWidgetPerHour", widget],
    ] as const;
    const now = this.#clock.now();
    for (const [limit, key] of keys) {
      const max = this.#limits[limit];
      const retryAfter = this.#counts.waitFor(key, now, max);
      if (retryAfter > 0) return { limit, retryAfter };
    }
    for (const [, key] of keys) {
      this.#hub.tell("tried", { limit: "message", key, change: "count" });
    }
    return undefined;
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }
}
