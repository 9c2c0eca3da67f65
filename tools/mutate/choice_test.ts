import { deepEqual, equal, notDeepEqual } from "node:assert/strict";
import { chance } from "@/tests/support/chance.ts";
import { choose, partOf } from "./choice.ts";
import type { Mutant } from "./mutants.ts";

/** Two mutants in each of 30 lines of 4 files. */
const MUTANTS: Mutant[] = ["a.ts", "b.ts", "c.ts", "d.ts"].flatMap((path) =>
  Array.from({ length: 60 }, (_, at) => ({
    path,
    line: 1 + Math.floor(at / 2),
    operator: "",
    edits: [],
  }))
);

Deno.test("choose() takes at most 4 mutants per file and one per line", () => {
  const chosen = choose(MUTANTS, { count: 45, perFile: 4 }, chance());

  equal(chosen.length, 16);
  for (const path of ["a.ts", "b.ts", "c.ts", "d.ts"]) {
    const lines = chosen.filter((it) => it.path === path)
      .map(({ line }) => line);
    equal(lines.length, 4);
    equal(new Set(lines).size, 4);
  }
});

Deno.test("choose() returns at most the requested number, from every line if possible", () => {
  equal(choose(MUTANTS, { count: 7, perFile: 4 }, chance()).length, 7);
  equal(choose(MUTANTS, { count: 999, perFile: 999 }, chance()).length, 120);
});

Deno.test("choose() repeats its choice only with the same seed", () => {
  const of = (seed: number) =>
    choose(MUTANTS, { count: 10, perFile: 4 }, chance(seed));

  deepEqual(of(1), of(1));
  notDeepEqual(of(1), of(2));
});

Deno.test("partOf() divides a list into parts that are all of it", () => {
  const list = Array.from({ length: 10 }, (_, n) => n);

  const parts = [1, 2, 3].map((number) => partOf(list, { number, of: 3 }));

  deepEqual(parts, [[0, 1, 2], [3, 4, 5, 6], [7, 8, 9]]);
});
