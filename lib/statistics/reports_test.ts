import { deepEqual, ok } from "node:assert/strict";
import type { DayTally } from "@/lib/model/tally.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { StatisticsReports } from "./reports.ts";
import { DAY_MS } from "@/lib/base/times.ts";

/** Time for a report, and maximum number of rounds until one has taken less. */
const LIMIT_MS = 300;
const ROUNDS_MAX = 25;

Deno.test("[ST11] a year of one widget among thousands is read within the time limit", async () => {
  const now = Date.UTC(2026, 10, 22, 9, 30);
  using store = await memoryStore(new FakeClock(now));
  const today = Math.floor(now / DAY_MS);
  const widget = "a".repeat(32);
  const row = (counts: DayTally, day: number) => ({ day, counts });
  for (let ago = 0; ago < 400; ago++) {
    const one = row(busyDay(), today - ago);
    await store.statistics.add([
      { ...one, subject: {} },
      { ...one, subject: { widget } },
    ]);
  }
  const others = [];
  for (let n = 0; n < 11_000; n++) {
    const subject = n < 1_000
      ? { widget: String(n).padStart(32, "0") }
      : { agent: `agent${n}` };
    others.push({ ...row({ "voice.ended.16": { "9": 1 } }, today), subject });
  }
  await store.statistics.add(others);
  const reads: unknown[] = [];
  const reports = new StatisticsReports({
    store: store.statistics,
    clock: store.clock,
  });
  const { read } = store.statistics;
  store.statistics.read = (...asked) => {
    reads.push(asked);
    return read.apply(store.statistics, asked);
  };
  const query = { period: "12m", zone: "Europe/Berlin", widget } as const;
  await reports.report(query);

  // On a busy host, a slow round says nothing: it waits for a processor.
  const times: number[] = [];
  while (times.length < ROUNDS_MAX && !times.some((ms) => ms < LIMIT_MS)) {
    const since = performance.now();
    const view = await reports.report(query);
    times.push(performance.now() - since);
    ok(view.ok && view.value.total.calls > 50_000);
  }

  console.log(`a year of a widget: ${times.map((ms) => ms.toFixed(0))} ms`);
  const best = Math.min(...times);
  ok(best < LIMIT_MS, `${best} ms`);
  const each = [
    [{ widget }, { from: today - 357, to: today }],
    [{ widget }, { from: today - 722, to: today - 365 }],
  ];
  deepEqual(reads, Array(1 + times.length).fill(each).flat());
});

Deno.test("[ST11] if there are too many shares, only the newest days are added up, and the report says so", async () => {
  const now = Date.UTC(2026, 10, 22, 9, 30);
  using store = await memoryStore(new FakeClock(now));
  const today = Math.floor(now / DAY_MS);
  for (let ago = 0; ago < 20; ago++) {
    await store.statistics.add(
      Array.from({ length: 10 }, (_, n) => ({
        day: today - ago,
        subject: { agent: `agent${n}` },
        counts: { "chat.ended.16": { "5": 1 } },
      })),
    );
  }
  const look = async (rowsMax: number) => {
    const { statistics, clock } = store;
    const reports = new StatisticsReports({
      store: statistics,
      clock,
      rowsMax,
    });
    const query = { period: "30d", zone: "UTC" } as const;
    const view = await reports.shares(query, "agent");
    ok(view.ok);
    return [view.value.since, view.value.shares.map((s) => s.figures.chats)];
  };

  deepEqual(await look(55), ["2026-11-17", Array(10).fill(6)]);
  deepEqual(await look(1_000), [null, Array(10).fill(20)]);
});

/** A day on which something of everything happened in ten hours. */
function busyDay(): DayTally {
  const names = ["shown", "opened"];
  for (const media of ["voice", "video", "chat"]) {
    names.push(`${media}.waitMs`, `${media}.ms`);
    for (let n = 0; n < 10; n++) names.push(`${media}.wait.${n}`);
    for (const cause of [16, 17, 19, 21]) {
      names.push(`${media}.missed.${cause}`, `${media}.ended.${cause}`);
    }
  }
  const hours = Object.fromEntries(
    Array.from({ length: 10 }, (_, n) => [String(n + 8), n + 1]),
  );
  return Object.fromEntries(names.map((name) => [name, hours]));
}
