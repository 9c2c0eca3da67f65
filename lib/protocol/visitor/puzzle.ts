// The proof of work that a page shows before a call or chat, if a widget
// requires it. It is cheap to verify, and needs no third-party service.

/** The puzzle: find {@linkcode Puzzle.count} numbers, one after the other. */
export interface Puzzle {
  /** 32 hex digits, lower case, never repeated. */
  seed: string;
  /** Number of leading zero bits of each hash: on average 2^bits tries. */
  bits: number;
  /** Several small puzzles take about the same time for every visitor; a single
   * large one would depend on luck. */
  count: number;
}

/**
 * True if `nonce` is solution number `index` of the puzzle: SHA-256 over the
 * seed's 16 bytes, index and nonce as 32 bits each, big endian, begins with
 * `bits` zeros. `nonce` is from 0 to 2^32 - 1.
 */
export function solves(
  { seed, bits }: Puzzle,
  index: number,
  nonce: number,
): boolean {
  return firstWord(words(seed, index), nonce) >>> (32 - bits) === 0;
}

/** Tries one nonce after the other while `may` returns true, which it calls
 * every few tries. */
export class Solver {
  readonly #puzzle: Puzzle;
  readonly solution: number[] = [];
  #words: Uint32Array;
  #nonce = 0;

  constructor(puzzle: Puzzle) {
    this.#puzzle = puzzle;
    this.#words = words(puzzle.seed, 0);
  }

  /** Continues; returns true if `solution` is complete. */
  run(may: () => boolean): boolean {
    const { seed, bits, count } = this.#puzzle;
    while (this.solution.length < count) {
      const nonce = this.#nonce++;
      if (firstWord(this.#words, nonce) >>> (32 - bits) === 0) {
        this.solution.push(nonce);
        this.#words = words(seed, this.solution.length);
        this.#nonce = 0;
      } else if (nonce % 64 === 63 && !may()) return false;
    }
    return true;
  }
}

/** SHA-256's constants: the first bits of the fractional parts of roots of
 * primes. */
const STATE = fractions(8, 1 / 2);
const ROUNDS = fractions(64, 1 / 3);

function fractions(count: number, power: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) {
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  }
  return primes.map((prime) => prime ** power * 2 ** 32 | 0);
}

/** Returns one block of SHA-256 (FIPS 180-4, 5.1.1): 24 bytes and their
 * padding. */
function words(seed: string, index: number): Uint32Array {
  const block = new Uint32Array(64);
  for (let i = 0; i < 4; i++) {
    block[i] = parseInt(seed.slice(i * 8, i * 8 + 8), 16);
  }
  block[4] = index;
  block[6] = 0x80000000;
  block[15] = 24 * 8;
  return block;
}

/** Returns the first 32 bits of the hash of the block with this nonce. */
function firstWord(w: Uint32Array, nonce: number): number {
  w[5] = nonce;
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!, y = w[i - 2]!;
    w[i] = w[i - 16]! + w[i - 7]! + (turn(x, 7) ^ turn(x, 18) ^ x >>> 3) +
      (turn(y, 17) ^ turn(y, 19) ^ y >>> 10);
  }
  const [s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0] =
    STATE;
  let a = s0, b = s1, c = s2, d = s3, e = s4, f = s5, g = s6, h = s7;
  for (let i = 0; i < 64; i++) {
    const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) +
        (e & f ^ ~e & g) + ROUNDS[i]! + w[i]! | 0;
    const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) +
        (a & b ^ a & c ^ b & c) | 0;
    h = g;
    g = f;
    f = e;
    e = d + one | 0;
    d = c;
    c = b;
    b = a;
    a = one + two | 0;
  }
  return a + s0 | 0;
}

function turn(x: number, bits: number): number {
  return x >>> bits | x << 32 - bits;
}
