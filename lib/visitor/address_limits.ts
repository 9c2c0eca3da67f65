const WINDOW_MS = 60_000;

/**
 * Sockets and Starts by where they come from. A limit on an address counts all
 * of an IPv6 /64 as one: whoever has one address there has them all.
 */
export class AddressLimits {
  readonly #limits: { sockets: number; starts: number };
  readonly #sockets = new Map<string, number>();
  readonly #starts = new Map<string, number>();
  #windowEndsAt = 0;

  /** `sockets` at a time, `starts` in a minute. */
  constructor(limits: { sockets: number; starts: number }) {
    this.#limits = limits;
  }

  /** Counts a socket; false: it is one too many, and was not counted. */
  enter(address: string): boolean {
    const key = keyOf(address);
    const count = this.#sockets.get(key) ?? 0;
    if (count >= this.#limits.sockets) return false;
    this.#sockets.set(key, count + 1);
    return true;
  }

  leave(address: string): void {
    const key = keyOf(address);
    const count = (this.#sockets.get(key) ?? 0) - 1;
    if (count > 0) this.#sockets.set(key, count);
    else this.#sockets.delete(key);
  }

  /** Counts a Start. 0: it may go on; else the seconds until it may. */
  start(address: string, now: number): number {
    if (now >= this.#windowEndsAt) {
      this.#starts.clear();
      this.#windowEndsAt = now + WINDOW_MS;
    }
    const key = keyOf(address);
    const count = (this.#starts.get(key) ?? 0) + 1;
    this.#starts.set(key, count);
    if (count <= this.#limits.starts) return 0;
    return Math.max(1, Math.ceil((this.#windowEndsAt - now) / 1_000));
  }
}

/** The address, or the first half of an IPv6 one. */
function keyOf(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const groups = head.split(":").filter((group) => group !== "");
  if (tail === undefined) return groups.slice(0, 4).join(":");
  const after = tail.split(":").filter((group) => group !== "");
  const zeros = Array(Math.max(0, 8 - groups.length - after.length)).fill("0");
  return [...groups, ...zeros, ...after].slice(0, 4).join(":");
}
