import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { NewestWriter } from "@/lib/base/newest_writer.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type { PresenceStore } from "@/lib/store/presence_store.ts";

const log = getLogger(["widgets", "pbx"]);

/** The store for the last known states. */
export type PresenceCache = Pick<PresenceStore, "list" | "set">;

const STORE_AFTER_MS = 2_000;

/**
 * Stores changed presences for the next start (P23): several at the same time,
 * and rejected writes again later, with their newest value.
 */
export class PresenceKeeper implements Disposable {
  readonly #clock: Clock;
  /** By address. */
  readonly #writer: NewestWriter<{ presence: Presence; since: number }>;

  constructor(clock: Clock, cache: PresenceCache) {
    this.#clock = clock;
    this.#writer = new NewestWriter(
      (address, change) => cache.set({ address, ...change }),
      {
        clock,
        delayMs: STORE_AFTER_MS,
        onError: (error) =>
          log.error("Cannot store presences: {error}", { error }),
      },
    );
  }

  add(address: string, presence: Presence): void {
    this.#writer.add(address, { presence, since: this.#clock.wall() });
  }

  [Symbol.dispose](): void {
    this.#writer[Symbol.dispose]();
  }
}
