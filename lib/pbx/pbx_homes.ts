import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import type { PbxBank } from "./pbx_bank.ts";

const log = getLogger(["widgets", "pbx"]);

/** Time between two looks whether the links of this instance are the newest. */
const LOOK_MS = 3_000;

/** The homes of PBX links, by their keys: the store's claims. */
export interface LinkClaims {
  take(key: string): Promise<void>;
  hold(key: string): Promise<boolean>;
  release(key: string): Promise<void>;
}

export interface PbxHomesOptions {
  bank: Pick<PbxBank, "links" | "replace">;
  claims: LinkClaims;
  clock: Clock;
}

/** A link of this instance, as the store knows it. */
interface Taken {
  /** Rejects if the store does not answer. */
  taken: Promise<void>;
}

/**
 * Keeps one link for each key of a PBX, the newest one, whichever instances the
 * PBX has reached (P52).
 */
export class PbxHomes implements AsyncDisposable {
  readonly #options: PbxHomesOptions;
  readonly #links = new Map<string, Taken>();
  /** Those of which the last look has failed, which is logged once. */
  readonly #failing = new Set<string>();
  readonly #looking: Disposable;

  constructor(options: PbxHomesOptions) {
    this.#options = options;
    this.#looking = every(options.clock, LOOK_MS, () => void this.look());
  }

  /** A new link of this key can be used here. */
  linked(key: string): void {
    const taken = this.#options.claims.take(key);
    taken.catch((error) => {
      log.warn("Cannot claim the link of PBX {key}: {error}", { key, error });
    });
    this.#links.set(key, { taken });
  }

  /** Closes the links that are newer at another instance. */
  async look(): Promise<void> {
    await Promise.all([...this.#links].map(async ([key, link]) => {
      await this.#look(key, link)
        .then(() => this.#failing.delete(key), (error) => {
          if (!this.#failing.has(key)) {
            log.warn("Cannot look up the home of PBX {key}: {error}", {
              key,
              error,
            });
          }
          this.#failing.add(key);
        });
    }));
  }

  /** Gives up all links, which the bank closes afterwards. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#looking[Symbol.dispose]();
    const keys = [...this.#links.keys()];
    await Promise.all(keys.map((key) => this.#release(key)));
  }

  async #look(key: string, link: Taken): Promise<void> {
    const { bank, claims } = this.#options;
    if (!bank.links().includes(key)) return await this.#release(key);
    const isTaken = await link.taken.then(() => true, () => false);
    if (this.#links.get(key) !== link) return; // There is a newer link.
    if (!isTaken) return this.linked(key);
    const isHeld = await claims.hold(key);
    if (isHeld || this.#links.get(key) !== link) return;
    this.#links.delete(key);
    log.info("PBX {key} has a newer link at another instance", { key });
    bank.replace(key);
  }

  async #release(key: string): Promise<void> {
    this.#links.delete(key);
    this.#failing.delete(key);
    await this.#options.claims.release(key).catch((error) => {
      log.warn("Cannot give up the link of PBX {key}: {error}", { key, error });
    });
  }
}
