/** A small repeatable random generator for tests: the same seed gives the same
 * run. */
export interface Chance {
  seed: number;
  /** 0 to 1, without 1. */
  next(): number;
  /** A whole number from 0 to below `n`. */
  below(n: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
}

/** `CW_SEED` replays a failed run; the failure's message contains the seed. */
export function chance(seed: number = newSeed()): Chance {
  let state = seed >>> 0;
  function next(): number { // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = state;
    bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  }
  const below = (n: number) => Math.floor(next() * n);
  return {
    seed,
    next,
    below,
    pick: (items) => items[below(items.length)] ?? items[0],
  };
}

function newSeed(): number {
  const seed = Number(Deno.env.get("CW_SEED") ?? NaN);
  return Number.isInteger(seed) ? seed : Math.floor(Math.random() * 2 ** 32);
}

/** Runs `check` with many seeds; a failure names its seed. */
export function property(runs: number, check: (chance: Chance) => void): void {
  const first = newSeed();
  for (let run = 0; run < runs; run++) {
    const seed = (first + run) >>> 0;
    try {
      check(chance(seed));
    } catch (error) {
      throw new Error(`failed with CW_SEED=${seed}`, { cause: error });
    }
  }
}

/** The same for a `check` that takes time. */
export async function asyncProperty(
  runs: number,
  check: (chance: Chance) => Promise<void>,
): Promise<void> {
  const first = newSeed();
  for (let run = 0; run < runs; run++) {
    const seed = (first + run) >>> 0;
    await check(chance(seed)).catch((cause) => {
      throw new Error(`failed with CW_SEED=${seed}`, { cause });
    });
  }
}
