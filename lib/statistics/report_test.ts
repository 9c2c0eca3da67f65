import { deepEqual, equal, ok } from "node:assert/strict";
import { pack, type PackedTally } from "@/lib/model/tally.ts";
import type { StatisticsQuery } from "@/lib/protocol/admin/statistics.ts";
import { chance, property } from "@/tests/support/chance.ts";
import { figuresOf, outcomesOf } from "./figures.ts";
import { WAIT_SECONDS, waitClass } from "./names.ts";
import { planOf, type Read, reportOf } from "./report.ts";
import { DAY_MS, HOUR_MS } from "@/lib/base/times.ts";

const ZONES = [
  ...["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"],
  ...["Australia/Lord_Howe", "Pacific/Kiritimati", "America/Asuncion"],
];

Deno.test("[ST7] days on which clocks change have 23 or 25 hours", async () => {
  const zone = "Europe/Berlin";
  const now = Date.UTC(2026, 10, 22);
  const day = (date: string) =>
    report({ period: "own", from: date, to: date, zone }, now, () => 1);

  const spring = await day("2026-03-29");
  const autumn = await day("2026-10-25");

  const starts = (points: { start: string }[]) =>
    points.map(({ start }) => start.slice(11)).slice(0, 5);
  deepEqual([spring.total.shown, autumn.total.shown], [23, 25]);
  deepEqual(starts(spring.points), [
    "00:00",
    "01:00",
    "03:00",
    "04:00",
    "05:00",
  ]);
  deepEqual(starts(autumn.points), [
    "00:00",
    "01:00",
    "02:00",
    "02:00",
    "03:00",
  ]);
  deepEqual(autumn.week.answered[6]?.slice(0, 4), [0, 0, 0, 0]);
});

Deno.test("[ST7] in every zone the points add up to the period at every step", async () => {
  const luck = chance();
  for (let run = 0; run < 60; run++) {
    const zone = luck.pick(ZONES as [string, ...string[]]);
    const first = Date.UTC(2025, 0, 1) + luck.below(500) * DAY_MS;
    const last = first + luck.below(30) * DAY_MS;
    const own = {
      period: "own" as const,
      from: new Date(first).toISOString().slice(0, 10),
      to: new Date(last).toISOString().slice(0, 10),
      zone,
    };
    const why = `CW_SEED=${luck.seed}, run ${run}: ${JSON.stringify(own)}`;

    const all = [];
    for (const by of ["hour", "day", "week", "month"] as const) {
      all.push(await report({ ...own, by }, 0, (at) => at / HOUR_MS % 7));
    }

    const sums = all.map(({ points }) =>
      points.reduce((sum, { figures }) => sum + figures.shown, 0)
    );
    deepEqual(sums, all.map(({ total }) => total.shown), why);
    equal(new Set(sums).size, 1, why);
    const [, days] = all;
    equal(days?.points.length, (last - first) / DAY_MS + 1, why);
    equal(days?.points[0]?.start, `${own.from}T00:00`, why);
  }
});

Deno.test("[ST7] weeks begin on Monday and months on their first day", async () => {
  const own = { period: "own", from: "2026-10-28", to: "2026-11-10" } as const;
  const starts = async (by: "week" | "month") =>
    (await report({ ...own, by }, 0, () => 1)).points
      .map(({ start, figures }) => [start.slice(0, 10), figures.shown / 24]);

  deepEqual(await starts("week"), [
    ["2026-10-28", 5],
    ["2026-11-02", 7],
    ["2026-11-09", 2],
  ]);
  deepEqual(await starts("month"), [["2026-10-28", 4], ["2026-11-01", 10]]);
});

Deno.test("[ST7] an hour that is split by midnight belongs to the day before", async () => {
  const at = Date.UTC(2026, 10, 21, 18); // 23:30 to 00:30 in India.
  const zone = "Asia/Kolkata";
  const day = (date: string) =>
    report(
      { period: "own", from: date, to: date, zone },
      0,
      (hour) => hour === at ? 1 : 0,
    );

  const [before, after] = [await day("2026-11-21"), await day("2026-11-22")];

  deepEqual([before.total.shown, after.total.shown], [1, 0]);
  equal(before.points.at(-1)?.start, "2026-11-21T23:30");
});

Deno.test("[ST8] today is compared with yesterday up to the same time", async () => {
  const now = Date.UTC(2026, 10, 22, 9, 30);
  const each = (query: Partial<StatisticsQuery>) =>
    report({ ...query, by: "day" }, now, () => 1);

  const today = await each({ period: "today" });
  const week = await each({ period: "7d" });
  const year = await each({ period: "12m" });
  const past = await each({
    period: "own",
    from: "2026-11-01",
    to: "2026-11-03",
  });

  equal(today.before.shown, 10); // The hour that runs is in both.
  deepEqual([week.from, week.to, week.before.shown], [
    "2026-11-16",
    "2026-11-22",
    6 * 24 + 10,
  ]);
  equal(year.from, "2025-12-01");
  // From December 2024, for as long as the year has run.
  equal(year.before.shown, 356 * 24 + 10);
  deepEqual([past.total.shown, past.before.shown], [72, 72]);
});

Deno.test("[ST9] median and 90th percentile are as exact as their classes", () => {
  property(300, (luck) => {
    const waits = Array.from(
      { length: 1 + luck.below(200) },
      () => luck.below(luck.pick([3_000, 30_000, 299_000])),
    ).sort((a, b) => a - b);
    const counts = new Map<string, number>();
    const add = (name: string, n: number) =>
      counts.set(name, (counts.get(name) ?? 0) + n);
    for (const ms of waits) {
      const media = luck.pick(["voice", "video", "chat"]);
      add(`${media}.ended.16`, 1);
      add(`${media}.wait.${waitClass(ms)}`, 1);
      add(`${media}.waitMs`, ms);
    }

    const figures = figuresOf(counts);

    const exact = (share: number) =>
      waits[Math.ceil(waits.length * share) - 1] ?? 0;
    equal(
      waitClass(figures.waitMedianMs ?? NaN),
      waitClass(exact(0.5)),
    );
    equal(waitClass(figures.waitP90Ms ?? NaN), waitClass(exact(0.9)));
    const mean = waits.reduce((sum, ms) => sum + ms, 0) / waits.length;
    equal(figures.waitMeanMs, Math.round(mean));
  });
});

Deno.test("[ST9] there is no waiting time if no contact was answered, and very long ones count as the bound", () => {
  const none = figuresOf(new Map([["chat.missed.19", 3]]));
  const long = figuresOf(
    new Map([["chat.ended.16", 1], [`chat.wait.${WAIT_SECONDS.length}`, 1]]),
  );

  deepEqual([none.chats, none.chatsAnswered, none.waitMedianMs], [3, 0, null]);
  equal(none.waitMeanMs, null);
  deepEqual([long.waitMedianMs, long.waitP90Ms], [300_000, 300_000]);
});

Deno.test("[ST1] each cause has one outcome", () => {
  const outcomes = outcomesOf(
    new Map([
      ["voice.ended.16", 1],
      ["voice.ended.0", 2],
      ["chat.ended.31", 1_024],
      ["chat.missed.16", 4],
      ["chat.missed.19", 8],
      ["video.missed.18", 16],
      ["video.missed.17", 32],
      ["video.missed.21", 64],
      ["voice.missed.1", 128],
      ["voice.missed.102", 256],
      ["shown", 512],
    ]),
  );

  deepEqual(outcomes, {
    ended: 1,
    idle: 1_024,
    broken: 2,
    "gave-up": 4,
    "no-answer": 24,
    busy: 32,
    declined: 64,
    unreachable: 128,
    failed: 256,
  });
});

/** A report of pages shown: `shown` says how many in the hour of UTC at `at`. */
async function report(
  query: Partial<StatisticsQuery>,
  now: number,
  shown: (at: number) => number,
) {
  const plan = planOf({ period: "30d", zone: "UTC", ...query }, now);
  ok(plan.ok);
  const read: Read = (_, { from, to }) => {
    const days = new Map<number, PackedTally>();
    for (let day = from; day <= to; day++) {
      const hours = Array.from({ length: 24 }, (_, hour) => {
        return [String(hour), shown(day * DAY_MS + hour * HOUR_MS)] as const;
      });
      days.set(day, pack({ shown: Object.fromEntries(hours) }));
    }
    return Promise.resolve(days);
  };
  return await reportOf(plan.value, read);
}
