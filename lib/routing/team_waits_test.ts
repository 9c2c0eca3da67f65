import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { minutesLeft, TeamWaits } from "./team_waits.ts";

Deno.test("[R12] the usual wait is the median of at least five contacts, and is read once in an hour", async () => {
  const clock = new FakeClock();
  const asked: string[] = [];
  const all = [[9, 1, 5, 7, 3], [1, 2, 3, 4]];
  const waits = new TeamWaits({
    clock,
    read: (team) => {
      asked.push(team);
      return Promise.resolve(all.shift() ?? []);
    },
  });

  const first = [await waits.of("a"), await waits.of("a"), await waits.of("b")];
  clock.advance(3_600_000);
  const later = await waits.of("a");

  deepEqual(first, [5, 5, undefined]);
  equal(later, undefined);
  deepEqual(asked, ["a", "b", "a"]);
});

Deno.test("[R12] a store that fails gives no estimate", async () => {
  const waits = new TeamWaits({
    clock: new FakeClock(),
    read: () => Promise.reject(new Error("disk")),
  });

  equal(await waits.of("a"), undefined);
});

Deno.test("[R12] minutesLeft() rounds up, and promises nothing once the usual wait is over", () => {
  const found = [
    minutesLeft(240_000, 0),
    minutesLeft(240_000, 181_000),
    minutesLeft(240_000, 240_000),
    minutesLeft(undefined, 0),
  ];

  deepEqual(found, [4, 1, undefined, undefined]);
});
