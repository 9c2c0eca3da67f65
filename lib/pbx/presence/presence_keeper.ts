import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { UntilDone } from "@/lib/base/until_done.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type { PresenceStore } from "@/lib/store/presence_store.ts";

const log = getLogger(["widgets", "pbx"]);

/** Where last known states are kept over a restart. */
export type PresenceCache = Pick<PresenceStore, "list" | "set">;

const STORE_AFTER_MS = 2_000;
const RETRY = { firstMs: 1_000, maxMs: 30_000 };

/**
 * Stores changed presences for the next start (P23): several at the same time,
 * and those that a store refused again later, with their newest value.
 */
export class PresenceKeeper implements Disposable {
  readonly #clock: Clock;
  readonly #cache: PresenceCache;
  /** By address, until stored. */
  readonly #changed = new Map<string, { presence: Presence; since: number }>();
  readonly #storing: UntilDone;
  #soon: Disposable | undefined;

  constructor(clock: Clock, cache: PresenceCache) {
    this.#clock = clock;
    this.#cache = cache;
    this.#storing = new UntilDone(() => this.#store(), {
      clock,
      backoff: RETRY,
      onError: (error) =>
        log.error("Cannot store presences: {error}", { error }),
    });
  }

  add(address: string, presence: Presence): void {
    this.#changed.set(address, { presence, since: this.#clock.wall() });
    if (!this.#storing.isFailing) this.#storeSoon(); // Else the retry does it.
  }

  [Symbol.dispose](): void {
    this.#soon?.[Symbol.dispose]();
    this.#storing[Symbol.dispose]();
  }

  #storeSoon(): void {
    this.#soon ??= this.#clock.after(STORE_AFTER_MS, () => {
      this.#soon = undefined;
      void this.#storing.run();
    });
  }

  async #store(): Promise<void> {
    const results = await Promise.allSettled(
      [...this.#changed].map(async ([address, change]) => {
        await this.#cache.set({ address, ...change });
        if (this.#changed.get(address) === change) {
          this.#changed.delete(address);
        }
      }),
    );
    const failed = results.find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
    if (this.#changed.size > 0) this.#storeSoon(); // Changed meanwhile.
  }
}
