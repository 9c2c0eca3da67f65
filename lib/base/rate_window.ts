/** Counts events in windows of the same length. The first event after the end
 * of a window starts the next one. */
export class RateWindow {
  readonly #max: number;
  readonly #windowMs: number;
  #count = 0;
  #endsAt = 0;

  /** Allows `max` events per window. */
  constructor(max: number, windowMs: number) {
    this.#max = max;
    this.#windowMs = windowMs;
  }

  /** Counts an event. Returns 0 if it is within the limit, otherwise the
   * seconds to wait. */
  take(now: number): number {
    if (now >= this.#endsAt) {
      this.#count = 0;
      this.#endsAt = now + this.#windowMs;
    }
    return ++this.#count > this.#max ? secondsUntil(this.#endsAt, now) : 0;
  }
}

/** Like {@linkcode RateWindow}, by key. All keys have the same windows, so the
 * counts of a window can be dropped together. */
export class KeyedRateWindow {
  readonly #windowMs: number;
  #before = new Map<string, number>();
  #counts = new Map<string, number>();
  #endsAt = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Counts an event. Returns 0 if the key has at most `max` in this window,
   * otherwise the seconds to wait. */
  take(key: string, now: number, max: number): number {
    const count = this.#count(key, now, 1);
    return count > max ? secondsUntil(this.#endsAt, now) : 0;
  }

  /** Returns 0 if the key has fewer than `max` in this window, otherwise the
   * seconds to wait. */
  waitFor(key: string, now: number, max: number): number {
    const count = this.#count(key, now, 0);
    return count >= max ? secondsUntil(this.#endsAt, now) : 0;
  }

  /** Adds events; returns their number in this window or in the previous one,
   * whichever is larger. So waiting for a new window brings no advantage. */
  peak(key: string, now: number, add = 1): number {
    const count = this.#count(key, now, add);
    return Math.max(count, this.#before.get(key) ?? 0);
  }

  #count(key: string, now: number, add: number): number {
    if (now >= this.#endsAt) {
      const isNext = now < this.#endsAt + this.#windowMs;
      this.#before = isNext ? this.#counts : new Map();
      this.#counts = new Map();
      this.#endsAt = now + this.#windowMs;
    }
    const count = (this.#counts.get(key) ?? 0) + add;
    this.#counts.set(key, count);
    return count;
  }
}

function secondsUntil(at: number, now: number): number {
  return Math.ceil((at - now) / 1_000);
}
