import type { Clock } from "@/lib/base/clock.ts";
import type { Presence, TellPresence } from "@/lib/model/presence.ts";
import { sipIdOf } from "../address.ts";
import { LIMITS } from "../limits.ts";
import { unconfirmed } from "./map_presence.ts";
import { type PresenceCache, PresenceKeeper } from "./presence_keeper.ts";
import type { Known, TellKnown } from "./subscriptions.ts";

export type { PresenceCache } from "./presence_keeper.ts";

/** The methods of a link for presence. */
export interface PresenceSource {
  add(address: string): void;
  remove(address: string): void;
}

interface Shown {
  presence: Presence;
  lacks?: "chat" | undefined;
}

/** The last state from one link. */
interface Said {
  known: Known;
  lacks: "chat" | undefined;
  isConfirmed: boolean;
}

interface Entry {
  address: string;
  tells: Set<TellPresence>;
  shown: Shown;
  /** The state from each PBX, by the key of its link. */
  known: Map<string, Said>;
  /** The delay before an unwatched address is dropped. */
  linger?: Disposable;
}

/** The presence of the agents of all PBXs. SPEC.md, Presence. */
export class PbxPresence implements Disposable {
  readonly #clock: Clock;
  readonly #cache: PresenceCache;
  readonly #entries = new Map<string, Entry>();
  readonly #sources = new Map<string, PresenceSource>();
  /** Objects whose state is known without a subscription: Booleans, queues. */
  readonly #objects = new Map<string, ReadonlyMap<string, Presence>>();
  readonly #timers = new Map<string, Disposable>();
  readonly #cached = new Map<string, Presence>();
  readonly #keeper: PresenceKeeper;
  readonly #cacheEnds: Disposable;

  constructor(clock: Clock, cache: PresenceCache) {
    this.#clock = clock;
    this.#cache = cache;
    this.#keeper = new PresenceKeeper(clock, cache);
    this.#cacheEnds = clock.after(LIMITS.cachedForMs, () => {
      this.#cached.clear();
      this.#showAll();
    });
  }

  /** Reads the last known states. Call it once, at the start. */
  async load(): Promise<void> {
    for (const { address, presence } of await this.#cache.list()) {
      this.#cached.set(address, presence);
    }
    this.#showAll();
  }

  /** Addresses that are watched, or were a moment ago. */
  get watched(): string[] {
    return [...this.#entries.keys()];
  }

  watch(address: string, tell: TellPresence): Disposable {
    const entry = this.#entries.get(address) ?? this.#open(address);
    entry.linger?.[Symbol.dispose]();
    const own: TellPresence = (...said) => tell(...said);
    entry.tells.add(own);
    own(entry.shown.presence, entry.shown.lacks);
    return {
      [Symbol.dispose]: () => {
        if (entry.tells.delete(own) && entry.tells.size === 0) {
          this.#leave(entry);
        }
      },
    };
  }

  /** Adds a link, on which each watched address is subscribed. */
  attach(key: string, source: PresenceSource): void {
    this.#sources.set(key, source);
    for (const { address, known } of this.#entries.values()) {
      const old = known.get(key);
      if (old) old.isConfirmed = false; // P22: still shown for a short time.
      source.add(address);
    }
    this.#after(key, LIMITS.confirmWithinMs, (entry) => {
      if (entry.known.get(key)?.isConfirmed === false) entry.known.delete(key);
    });
  }

  /** Removes a lost link, whose states become invalid after a moment. */
  detach(key: string, source: PresenceSource): void {
    if (this.#sources.get(key) !== source) return; // It was already replaced.
    this.#sources.delete(key);
    this.#after(key, LIMITS.linkGraceMs, (entry) => entry.known.delete(key));
  }

  hear(
    key: string,
    ...[address, known, lacks]: Parameters<TellKnown>
  ): void {
    const entry = this.#entries.get(address);
    if (entry === undefined) return;
    // "waiting" contains no news about an agent whose state is still shown.
    if (known === "waiting" && entry.known.has(key)) return;
    entry.known.set(key, { known, lacks, isConfirmed: true });
    this.#show(entry);
  }

  /** Sets the state of objects that are not users. A missing address has
   * none. */
  setObjects(key: string, objects: ReadonlyMap<string, Presence>): void {
    this.#objects.set(key, objects);
    this.#showAll();
  }

  /**
   * Returns the key of the link for the address: the PBX has it as an object,
   * or monitors it, or at least has not rejected the monitoring.
   */
  homeOf(address: string): string | undefined {
    const known = this.#entries.get(address)?.known;
    if (known === undefined) return this.#homes(address)[0];
    const said = (key: string) => known.get(key)?.known;
    const keys = [...this.#sources.keys()].sort();
    return this.#homes(address)[0] ??
      keys.find((key) => isMonitored(said(key))) ??
      keys.find((key) => said(key) !== "unknown");
  }

  [Symbol.dispose](): void {
    this.#cacheEnds[Symbol.dispose]();
    this.#keeper[Symbol.dispose]();
    for (const timer of this.#timers.values()) timer[Symbol.dispose]();
    for (const { linger } of this.#entries.values()) linger?.[Symbol.dispose]();
  }

  #open(address: string): Entry {
    const entry: Entry = {
      address,
      tells: new Set(),
      shown: { presence: "offline" },
      known: new Map(),
    };
    this.#entries.set(address, entry);
    entry.shown = this.#shownOf(entry);
    for (const source of this.#sources.values()) source.add(address);
    return entry;
  }

  #leave(entry: Entry): void {
    entry.linger = this.#clock.after(LIMITS.lingerMs, () => {
      this.#entries.delete(entry.address);
      for (const source of this.#sources.values()) source.remove(entry.address);
    });
  }

  /** Sets the only timer of a link; a reconnect cancels the timer for its
   * end. */
  #after(key: string, ms: number, each: (entry: Entry) => void): void {
    this.#timers.get(key)?.[Symbol.dispose]();
    const timer = this.#clock.after(ms, () => {
      this.#timers.delete(key);
      if (!this.#sources.has(key)) this.#objects.delete(key);
      for (const entry of this.#entries.values()) each(entry);
      this.#showAll();
    });
    this.#timers.set(key, timer);
  }

  /** Returns the links whose PBX has the address as an object, in order. */
  #homes(address: string): string[] {
    return [...this.#sources.keys()].sort()
      .filter((key) => this.#objects.get(key)?.has(sipIdOf(address)));
  }

  #showAll(): void {
    for (const entry of this.#entries.values()) this.#show(entry);
  }

  #show(entry: Entry): void {
    const { presence, lacks } = this.#shownOf(entry);
    const before = entry.shown;
    if (presence === before.presence && lacks === before.lacks) return;
    entry.shown = { presence, lacks };
    if (entry.known.size > 0) this.#keeper.add(entry.address, presence);
    for (const tell of [...entry.tells]) tell(presence, lacks);
  }

  #shownOf({ address, known }: Entry): Shown {
    for (const key of [...this.#objects.keys()].sort()) {
      const presence = this.#objects.get(key)?.get(sipIdOf(address));
      if (presence !== undefined) return { presence };
    }
    for (const key of [...known.keys()].sort()) {
      const said = known.get(key);
      if (said === undefined) continue;
      const { known: presence, lacks } = said;
      if (isMonitored(presence) && presence !== "waiting") {
        return { presence, lacks };
      }
    }
    const cached = this.#cached.get(address);
    const answered = [...known.values()].some((k) => k.known !== "waiting");
    return {
      presence: cached === undefined || answered
        ? "offline"
        : unconfirmed(cached),
    };
  }
}

/** True if the PBX monitors the address, even if its presence is still to
 * come. */
function isMonitored(
  known: Known | undefined,
): known is Presence | "waiting" {
  return known !== undefined && known !== "unknown" && known !== "down";
}
