import { deepEqual, ok } from "node:assert/strict";
import { rendezvousRank } from "./rendezvous.ts";

const NAMES = ["a1", "a2", "a3", "a4"];

function ranksOf(key: string, names: readonly string[]): number[] {
  return names.map((own) =>
    rendezvousRank(key, own, names.filter((name) => name !== own))
  );
}

Deno.test("each name has another rank for a key, and 0 is the first", () => {
  for (let n = 0; n < 200; n++) {
    deepEqual(ranksOf(`key ${n}`, NAMES).sort(), [0, 1, 2, 3]);
  }
  deepEqual(rendezvousRank("key", "a1", []), 0);
});

Deno.test("keys are spread over the names, and only those of a name that leaves move", () => {
  const counts = new Map<string, number>();
  for (let n = 0; n < 4_000; n++) {
    const key = `key ${n}`;
    const [first = ""] = NAMES.filter((_, at) => ranksOf(key, NAMES)[at] === 0);
    counts.set(first, (counts.get(first) ?? 0) + 1);
    if (first === "a4") continue;
    const left = NAMES.slice(0, 3);
    const [still] = left.filter((_, at) => ranksOf(key, left)[at] === 0);
    deepEqual(still, first);
  }
  for (const count of counts.values()) ok(count > 800, `${count} of 4,000`);
});
