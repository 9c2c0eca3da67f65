/** Agents whose times are remembered. */
const AGENTS_MAX = 10_000;

/** When agents were rung, and when their last contact ended, in ms. It begins
 * empty with the process. */
export class Turns {
  readonly #rungAt = new Map<string, number>();
  readonly #idleSince = new Map<string, number>();

  rungAt(address: string): number {
    return this.#rungAt.get(keyOf(address)) ?? 0;
  }

  idleSince(address: string): number {
    return this.#idleSince.get(keyOf(address)) ?? 0;
  }

  rung(address: string, now: number): void {
    remember(this.#rungAt, address, now);
  }

  /** A contact that the agent has answered is over. */
  ended(address: string, now: number): void {
    remember(this.#idleSince, address, now);
  }
}

/** Forgets the oldest agent if there are too many. */
function remember(
  times: Map<string, number>,
  address: string,
  now: number,
): void {
  const key = keyOf(address);
  times.delete(key);
  times.set(key, now);
  if (times.size <= AGENTS_MAX) return;
  for (const oldest of times.keys()) {
    times.delete(oldest);
    return;
  }
}

function keyOf(address: string): string {
  return address.toLowerCase();
}
