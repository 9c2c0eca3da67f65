import { deepEqual } from "node:assert/strict";
import { StatisticsView } from "@/lib/protocol/admin/statistics.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import * as v from "valibot";
import type { Happening } from "./counting.ts";
import { figuresOf, outcomesOf } from "./figures.ts";
import { Statistics } from "./statistics.ts";

const NOON = Date.UTC(2026, 10, 22, 12);
const widget = "a".repeat(32);

/** Counts events; returns the sums of all stored rows of a subject. */
async function count(happenings: readonly Happening[], agent?: string) {
  using store = await memoryStore(new FakeClock(NOON));
  using statistics = new Statistics({
    store: store.statistics,
    clock: store.clock,
  });
  for (const happening of happenings) statistics.count(happening);
  await statistics.write();
  const rows = await Array.fromAsync(store.statistics.all());
  const row = rows.find(({ subject }) =>
    subject.widget === widget && subject.agent === agent
  );
  return new Map(
    Object.entries(row?.counts ?? {}).map(([name, hours]) => [
      name,
      Object.values(hours).reduce((sum, one) => sum + one, 0),
    ]),
  );
}

Deno.test("[ST1] a callback counts as asked for, each time that it is taken, and if it rang in vain", async () => {
  const callback = { type: "callback", widget } as const;
  const counts = await count([
    { type: "left", widget, isCallback: true, agent: "ada" },
    { type: "left", widget, isCallback: true },
    { type: "left", widget },
    ...[{ ...callback, outcome: "taken", agent: "ada" } as const],
    ...[{ ...callback, outcome: "taken" } as const],
    ...[{ ...callback, outcome: "over" } as const],
  ]);

  const { messages, callbacks, callbacksTaken, callbacksMissed, ...rest } =
    figuresOf(counts);
  deepEqual([messages, callbacks, callbacksTaken, callbacksMissed], [
    ...[3, 2, 2, 1],
  ]);
  deepEqual([rest.calls, rest.chats], [0, 0]);
  deepEqual(outcomesOf(counts), outcomesOf(new Map()));
});

Deno.test("[ST1] [ST9] a contact that leaves a queue counts once for its team, with its time there", async () => {
  const queued = { type: "queued", widget, agent: "team-1" } as const;
  const waits = [4_000, 50_000, 55_000, 58_000, 700_000];
  const counts = await count(
    waits.map((waitMs, n) => ({ ...queued, waitMs, isAnswered: n < 3 })),
    "team-1",
  );

  const { queueMedianMs, queueLongestMs, ...figures } = figuresOf(counts);

  deepEqual([figures.queued, figures.queueLeft], [5, 2]);
  deepEqual([queueMedianMs, queueLongestMs], [52_500, 900_000]);
  deepEqual([figures.waitMedianMs, figures.waitMeanMs], [null, null]);
});

Deno.test("[ST9] a time in a queue over the last class counts as its bound, and no queue has no time", async () => {
  const counts = await count([
    ...[{ type: "queued", widget, agent: "t", isAnswered: true } as const]
      .map((one) => ({ ...one, waitMs: 7_200_000 })),
  ]);

  const { queueMedianMs, queueLongestMs } = figuresOf(counts);
  const none = figuresOf(new Map());

  deepEqual([queueMedianMs, queueLongestMs], [3_600_000, 3_600_000]);
  deepEqual([none.queueMedianMs, none.queueLongestMs], [null, null]);
});

Deno.test("figures of an earlier version have no callbacks and no queue", () => {
  const { callbacks: _, queued: __, queueMedianMs: ___, ...old } = figuresOf(
    new Map(),
  );

  const read = v.parse(StatisticsView.entries.total, old);

  deepEqual([read.callbacks, read.queued, read.queueMedianMs], [0, 0, null]);
});
