import { addressBlock } from "@/lib/base/ip_address.ts";
import { CountsByKey } from "@/lib/base/counts_by_key.ts";

/** Waiting checks from addresses without an earlier sign-in by that name. */
const STRANGERS_MAX = 40;
/** Maximum number of these from one IPv4 address or IPv6 /48. */
const STRANGERS_PER_NETWORK = 5;
/** Waiting checks from places where the user has signed in before. */
const KNOWN_MAX = 40;

type Lane = "known" | "strangers";

/**
 * Checks one password at a time, because each check keeps a thread busy for 50
 * ms and takes 19 MiB. Checks from known places go first, so strangers cannot
 * lock out the staff, and one network cannot fill the queue of strangers.
 */
export class CheckQueue {
  readonly #waiting: Record<Lane, (() => Promise<void>)[]> = {
    known: [],
    strangers: [],
  };
  readonly #networks = new CountsByKey();
  readonly #counts: Record<Lane, number> = { known: 0, strangers: 0 };
  #isRunning = false;

  /** True if another check can wait. */
  hasRoom(lane: Lane, address: string): boolean {
    if (lane === "known") return this.#counts.known < KNOWN_MAX;
    const ofNetwork = this.#networks.get(addressBlock(address, 48));
    return this.#counts.strangers < STRANGERS_MAX &&
      ofNetwork < STRANGERS_PER_NETWORK;
  }

  /** Runs the check in its turn. */
  run<T>(lane: Lane, address: string, check: () => Promise<T>): Promise<T> {
    const network = addressBlock(address, 48);
    this.#count(lane, network, 1);
    const done = Promise.withResolvers<T>();
    this.#waiting[lane].push(() =>
      check().then(done.resolve, done.reject)
        .finally(() => this.#count(lane, network, -1))
    );
    if (!this.#isRunning) void this.#runAll();
    return done.promise;
  }

  async #runAll(): Promise<void> {
    this.#isRunning = true;
    const { known, strangers } = this.#waiting;
    let next;
    while ((next = known.shift() ?? strangers.shift()) !== undefined) {
      await next();
    }
    this.#isRunning = false;
  }

  #count(lane: Lane, network: string, change: 1 | -1): void {
    this.#counts[lane] += change;
    if (lane === "strangers") this.#networks.add(network, change);
  }
}
