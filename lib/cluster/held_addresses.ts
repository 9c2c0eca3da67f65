import type { Clock } from "@/lib/base/clock.ts";
import type { AgentPort } from "@/lib/contact/ports.ts";
import { type AgentShown, OFFLINE } from "./agent_shown.ts";

/** Addresses of one instance, at most; others are offline for the others. */
const ADDRESSES_MAX = 10_000;
/** Time for which an address is still followed after its last page has gone,
 * because a page that is reloaded shows it again. */
const LINGER_MS = 30_000;

interface Held {
  /** Pages of this instance. */
  pages: number;
  shown: AgentShown;
  watch: Disposable;
  linger?: Disposable;
}

/**
 * The addresses of this instance's PBX bank that pages show, here or at other
 * instances. The bank knows an address only while it is watched.
 */
export class HeldAddresses implements Disposable {
  readonly #bank: Pick<AgentPort, "watch">;
  readonly #clock: Pick<Clock, "after">;
  readonly #changed: (address: string, shown: AgentShown) => void;
  readonly #held = new Map<string, Held>();
  #wanted: ReadonlySet<string> = new Set();

  constructor(
    bank: Pick<AgentPort, "watch">,
    { clock, changed }: {
      clock: Pick<Clock, "after">;
      /** The state of an address at this instance's bank. */
      changed(address: string, shown: AgentShown): void;
    },
  ) {
    this.#bank = bank;
    this.#clock = clock;
    this.#changed = changed;
  }

  /** Follows an address that a page of this instance shows, until disposed
   * of. */
  hold(address: string): Disposable {
    const held = this.#hold(address);
    held.pages++;
    held.linger?.[Symbol.dispose]();
    delete held.linger;
    return {
      [Symbol.dispose]: () => {
        if (--held.pages === 0) this.#lingerAt(address, held);
      },
    };
  }

  /** Follows all addresses that other instances want, and no others. */
  serve(wanted: ReadonlySet<string>): void {
    const before = this.#wanted;
    this.#wanted = wanted;
    for (const address of wanted) {
      if (this.#held.size < ADDRESSES_MAX) this.#hold(address);
    }
    for (const address of before) this.#release(address);
  }

  /** Returns the addresses that pages of this instance show, and its bank does
   * not know. */
  unknown(): string[] {
    const isUnknown = ({ pages, linger, shown }: Held) =>
      (pages > 0 || linger !== undefined) && shown.presence === "offline";
    return [...this.#held].filter(([, held]) => isUnknown(held))
      .map(([address]) => address).slice(0, ADDRESSES_MAX);
  }

  [Symbol.dispose](): void {
    for (const { watch, linger } of this.#held.values()) {
      watch[Symbol.dispose]();
      linger?.[Symbol.dispose]();
    }
    this.#held.clear();
  }

  #hold(address: string): Held {
    const known = this.#held.get(address);
    if (known !== undefined) return known;
    const held: Held = { pages: 0, shown: OFFLINE, watch: NOTHING };
    this.#held.set(address, held);
    held.watch = this.#bank.watch(address, (presence, lacks) => {
      held.shown = { presence, lacks };
      this.#changed(address, held.shown);
    });
    return held;
  }

  #lingerAt(address: string, held: Held): void {
    held.linger = this.#clock.after(LINGER_MS, () => {
      delete held.linger;
      this.#release(address);
    });
  }

  /** Drops an address that nothing shows. */
  #release(address: string): void {
    const held = this.#held.get(address);
    if (held === undefined || held.pages > 0 || held.linger) return;
    if (this.#wanted.has(address)) return;
    this.#held.delete(address);
    held.watch[Symbol.dispose]();
    this.#changed(address, OFFLINE);
  }
}

const NOTHING: Disposable = { [Symbol.dispose]: () => {} };
