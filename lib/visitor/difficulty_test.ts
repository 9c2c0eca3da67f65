import { deepEqual, equal, ok } from "node:assert/strict";
import { LIMITS } from "@/lib/protocol/visitor/limits.ts";
import { property } from "@/tests/support/chance.ts";
import { bitsFor, Difficulty } from "./difficulty.ts";

Deno.test("[V37] difficulty never falls as the request rate rises, and never exceeds the limit", () => {
  property(500, (chance) => {
    const [address, widget] = [chance.next() * 100, chance.next() * 100];
    const more = 1 + chance.next() * 50;

    const bits = bitsFor(address, widget, LIMITS);
    const later = [
      bitsFor(address * more, widget, LIMITS),
      bitsFor(address, widget * more, LIMITS),
    ];

    ok(bits >= LIMITS.proofBits && later.every((other) => other >= bits));
    ok(later.every((other) => other <= LIMITS.proofBitsMax));
    if (address <= 1 && widget <= 1) equal(bits, LIMITS.proofBits);
  });
});

Deno.test("[V37] only a busy address gets harder puzzles, and only for a time", () => {
  const limits = { ...LIMITS, proofBits: 10, calmPerAddress: 2 };
  const difficulty = new Difficulty(limits);
  const ask = (address: string, now: number, times = 1) =>
    Array.from({ length: times }, () => difficulty.next(address, "w", now)).at(
      -1,
    );

  const hasty = [1, 1, 1, 1, 4].map((times) => ask("192.0.2.1", 0, times));
  const neighbour = ask("192.0.2.2", 0);
  const nextMinute = ask("192.0.2.1", 60_000);
  const calm = ask("192.0.2.1", 200_000);

  deepEqual(hasty, [10, 10, 11, 11, 12]);
  deepEqual([neighbour, nextMinute, calm], [10, 12, 10]);
});

Deno.test("[V37] a crowd from everywhere raises the difficulty of its widget only", () => {
  const difficulty = new Difficulty({ ...LIMITS, calmPerWidget: 10 });

  for (let i = 0; i < 80; i++) difficulty.next(`192.0.2.${i}`, "stormy", 0);
  const stormy = difficulty.next("198.51.100.1", "stormy", 0);
  const calm = difficulty.next("198.51.100.1", "calm", 0);

  deepEqual([stormy, calm], [LIMITS.proofBits + 4, LIMITS.proofBits]);
});

Deno.test("[V37] a /48 counts as four addresses at a widget", () => {
  const limits = { ...LIMITS, proofBits: 10, calmPerAddress: 2 };

  const bits = [8, 9].map((calmPerWidget) => {
    const difficulty = new Difficulty({ ...limits, calmPerWidget });
    for (let n = 1; n <= 40; n++) {
      difficulty.next(`2001:db8:1:${n}::1`, "w", 0);
    }
    return difficulty.next("192.0.2.1", "w", 0);
  });

  // Eight of the site's Challenges count, and the one of the other address.
  deepEqual(bits, [11, 10]);
});
