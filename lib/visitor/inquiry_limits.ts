import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { addressBlock } from "@/lib/base/ip_address.ts";
import { KeyedRateWindow } from "@/lib/base/rate_window.ts";
import { DAY_MS, HOUR_MS } from "@/lib/base/times.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { VisitorLimits } from "./limits.ts";

/** Begins the key of a telephone number, which is counted for a day. */
const NUMBER = "tel:";

/** The limits that are counted here. */
type Limit =
  | "leftPerAddressPerHour"
  | "leftPerWidgetPerHour"
  | "callbacksPerNumberPerDay";

/** A limit that was reached, and the seconds to wait. */
export interface TooMany {
  limit: Limit;
  retryAfter: number;
}

/** Counts the messages that visitors leave, by address and by widget, and
 * callbacks by number, at all instances together. */
export class InquiryLimits implements Disposable {
  readonly #limits: Pick<VisitorLimits, Limit>;
  readonly #hub: Hub<Topics>;
  readonly #clock: Pick<Clock, "now">;
  readonly #ofHour = new KeyedRateWindow(HOUR_MS);
  readonly #ofDay = new KeyedRateWindow(DAY_MS);
  readonly #listening: Disposable;

  constructor({ limits, hub, clock }: {
    limits: Pick<VisitorLimits, Limit>;
    hub: Hub<Topics>;
    clock: Pick<Clock, "now">;
  }) {
    this.#limits = limits;
    this.#hub = hub;
    this.#clock = clock;
    this.#listening = hub.on("tried", ({ limit, key }) => {
      if (limit === "message") this.#counts(key).peak(key, clock.now());
    });
  }

  /** Counts a message, or a callback to this number, if it is allowed. Otherwise
   * returns the limit. */
  take(
    { address, widget, number }: {
      address: string;
      widget: string;
      number?: string | undefined;
    },
  ): TooMany | undefined {
    const keys: [Limit, string][] = [
      ["leftPerAddressPerHour", addressBlock(address)],
      ["leftPerWidgetPerHour", widget],
    ];
    if (number !== undefined) {
      keys.push(["callbacksPerNumberPerDay", NUMBER + number]);
    }
    const now = this.#clock.now();
    for (const [limit, key] of keys) {
      const max = this.#limits[limit];
      const retryAfter = this.#counts(key).waitFor(key, now, max);
      if (retryAfter > 0) return { limit, retryAfter };
    }
    for (const [, key] of keys) {
      this.#hub.tell("tried", { limit: "message", key, change: "count" });
    }
    return undefined;
  }

  #counts(key: string): KeyedRateWindow {
    return key.startsWith(NUMBER) ? this.#ofDay : this.#ofHour;
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }
}
