import type { Clock } from "@/lib/base/clock.ts";
import type { AgentPort } from "@/lib/contact/ports.ts";
import { type AgentShown, isSame, OFFLINE } from "./agent_shown.ts";

/** Addresses of one instance, at most; others are offline for the others. */
const ADDRESSES_MAX = 10_000;
/** Time for which an address is still followed after its last page has gone,
 * because a page that is reloaded shows it again. */
const LINGER_MS = 30_000;

interface Held {
  /** Pages of this instance. */
  pages: number;
  /** The state at the bank of this instance. */
  known: AgentShown;
  /** The same, or offline while it does not count. */
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
  readonly #counts: () => boolean;
  readonly #changed: (address: string, shown: AgentShown) => void;
  readonly #held = new Map<string, Held>();
  #wanted: ReadonlySet<string> = new Set();

  constructor(
    bank: Pick<AgentPort, "watch">,
    { clock, counts, changed }: {
      clock: Pick<Clock, "after">;
      /** False while the bank has no link and another instance has one: the bank
       * may remember a state from before its start. */
      counts(): boolean;
      /** The state of an address at this instance's bank. */
      changed(address: string, shown: AgentShown): void;
    },
  ) {
    this.#bank = bank;
    this.#clock = clock;
    this.#counts = counts;
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

  /** Must be called when a link has changed, here or at another instance. */
  refresh(): void {
    for (const [address, held] of [...this.#held]) this.#show(address, held);
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
    const held: Held = {
      ...{ pages: 0, known: OFFLINE, shown: OFFLINE, watch: NOTHING },
    };
    this.#held.set(address, held);
    held.watch = this.#bank.watch(address, (presence, lacks) => {
      held.known = { presence, lacks };
      this.#show(address, held);
    });
    this.#changed(address, held.shown); // Others may have to be asked for it.
    return held;
  }

  #show(address: string, held: Held): void {
    const shown = this.#counts() ? held.known : OFFLINE;
    if (isSame(shown, held.shown)) return;
    held.shown = shown;
    this.#changed(address, shown);
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
