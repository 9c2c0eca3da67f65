import { deepEqual, equal, ok } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { type Chance, property } from "@/tests/support/chance.ts";
import { type Puzzle, Solver, solves } from "./puzzle.ts";

const SEED = "000102030405060708090a0b0c0d0e0f";

/** The first that solve it with 12 bits, found by counting. */
const NONCES = [631, 11_527, 1_945];

/** The puzzle as the SPEC says it, by the machine's own SHA-256. */
function zeros(seed: string, index: number, nonce: number): number {
  const bytes = Buffer.alloc(24);
  bytes.write(seed, 0, "hex");
  bytes.writeUInt32BE(index, 16);
  bytes.writeUInt32BE(nonce, 20);
  const digest = createHash("sha256").update(bytes).digest();
  return Math.clz32(digest.readUInt32BE(0));
}

function aSeed(chance: Chance): string {
  return Uint8Array.from({ length: 16 }, () => chance.below(256)).toHex();
}

Deno.test("[V34] a nonce is a solution if SHA-256 over seed, index and nonce starts with enough zeros", () => {
  property(300, (chance) => {
    const seed = aSeed(chance);
    const index = chance.below(2 ** 32);
    const nonce = chance.below(2 ** 32);
    const expected = zeros(seed, index, nonce);

    for (const bits of [1, 2, 3, 5, 8, 13, 18]) {
      const found = solves({ seed, bits, count: 1 }, index, nonce);
      equal(found, expected >= bits, `${seed} ${index} ${nonce} ${bits}`);
    }
  });
});

Deno.test("[V34] the first solutions of a known puzzle", () => {
  const puzzle: Puzzle = { seed: SEED, bits: 12, count: 3 };
  const solver = new Solver(puzzle);

  ok(solver.run(() => true));

  deepEqual(solver.solution, NONCES);
  ok(solver.solution.every((nonce, i) => zeros(SEED, i, nonce) >= 12));
  ok(solver.solution.every((nonce, i) => solves(puzzle, i, nonce)));
});

Deno.test("an interrupted solver continues where it stopped", () => {
  const puzzle: Puzzle = { seed: SEED, bits: 12, count: 3 };
  const solver = new Solver(puzzle);
  let asked = 0;
  let slices = 0;

  while (!solver.run(() => ++asked % 2 === 0)) slices++;

  deepEqual(solver.solution, NONCES);
  ok(slices > 10, `${slices} slices`);
});
