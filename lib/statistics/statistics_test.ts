import { deepEqual, equal, ok } from "node:assert/strict";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import { CONTACT_MEDIA } from "@/lib/model/media.ts";
import { addTally, type DayTally } from "@/lib/model/tally.ts";
import { openStore } from "@/lib/store/open.ts";
import { type Chance, chance } from "@/tests/support/chance.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { memoryStore, temporaryPath } from "@/tests/support/temporary_store.ts";
import { counted } from "./counted_records.ts";
import type { Happening } from "./counting.ts";
import { Statistics, WRITE_MS } from "./statistics.ts";
import { DAY_MS, HOUR_MS } from "@/lib/base/times.ts";

const W = "a".repeat(32);
const NOON = Date.UTC(2026, 10, 22, 12);
const DAY = Math.floor(NOON / DAY_MS);

const RECORD: ContactRecord = {
  id: "1",
  widget: W,
  address: "ada",
  media: "voice",
  startedAt: NOON,
  answeredAt: NOON + 4_200,
  endedAt: NOON + HOUR_MS,
  cause: 16,
  messages: 0,
};

Deno.test("[ST1] each contact is counted once, in the hour in which it began", async () => {
  using store = await memoryStore(new FakeClock(NOON));
  using statistics = new Statistics({
    store: store.statistics,
    clock: store.clock,
  });
  const { answeredAt: _, ...missed } = { ...RECORD, media: "chat" as const };

  statistics.count({ type: "shown", widget: W });
  statistics.count({ type: "opened", widget: W });
  statistics.count({ type: "ended", record: RECORD });
  statistics.count({ type: "ended", record: { ...missed, cause: 19 } });
  await statistics.write();

  const rows = await Array.fromAsync(store.statistics.all());
  const row = rows.find(({ subject }) => Object.keys(subject).length === 0);
  deepEqual(row, {
    day: DAY,
    subject: {},
    counts: {
      "chat.missed.19": { "12": 1 },
      opened: { "12": 1 },
      shown: { "12": 1 },
      "voice.ended.16": { "12": 1 },
      "voice.ms": { "12": HOUR_MS - 4_200 },
      "voice.wait.3": { "12": 1 },
      "voice.waitMs": { "12": 4_200 },
    },
  });
});

Deno.test("[ST1] a message counts for its widget, and for the agent whom it is for", async () => {
  using store = await memoryStore(new FakeClock(NOON));
  using statistics = new Statistics({
    store: store.statistics,
    clock: store.clock,
  });

  statistics.count({ type: "left", widget: W, agent: "ada" });
  statistics.count({ type: "left", widget: W });
  await statistics.write();

  const rows = await Array.fromAsync(store.statistics.all());
  const counts = new Map(
    rows.map(({ subject, counts }) => [JSON.stringify(subject), counts]),
  );
  const times = (count: number) => ({ messages: { "12": count } });
  deepEqual(Object.fromEntries(counts), {
    "{}": times(2),
    [`{"widget":"${W}"}`]: times(2),
    '{"agent":"ada"}': times(1),
    [`{"widget":"${W}","agent":"ada"}`]: times(1),
  });
});

Deno.test("[ST1] a call is counted once its record is stored, and not if that fails", async () => {
  const seen: string[] = [];
  let isFull = false;
  const records = counted({
    add: () => isFull ? Promise.reject(new Error("full")) : Promise.resolve(),
  }, { count: ({ type }) => seen.push(type) });

  await records.add(RECORD);
  isFull = true;
  const failed = await records.add(RECORD).catch(() => "failed");

  deepEqual([failed, seen], ["failed", ["ended"]]);
});

Deno.test("[ST1] a contact that is rejected immediately is counted but leaves no record", async () => {
  const stored: number[] = [];
  let counts = 0;
  const records = counted({
    add: ({ endedAt }) => Promise.resolve(stored.push(endedAt)),
  }, { count: () => counts++ });
  const { answeredAt: _, ...missed } = { ...RECORD, startedAt: 0 };

  await records.add({ ...missed, endedAt: 999 });
  await records.add({ ...missed, endedAt: 1_000 });
  await records.add({ ...missed, answeredAt: 10, endedAt: 500 });

  deepEqual([stored, counts], [[1_000, 500], 3]);
});

Deno.test("[ST2] the parts add up to the whole", async () => {
  using store = await memoryStore(new FakeClock(NOON));
  using statistics = new Statistics({
    store: store.statistics,
    clock: store.clock,
  });
  const luck = chance();

  for (let n = 0; n < 400; n++) {
    statistics.count(anything(luck));
    if (luck.below(40) === 0) await statistics.write();
  }
  await statistics.write();

  const sums = { all: {}, widget: {}, agent: {}, both: {} };
  for await (
    const { subject: { widget, agent }, counts } of store.statistics.all()
  ) {
    const kind = widget === undefined
      ? agent === undefined ? "all" : "agent"
      : agent === undefined
      ? "widget"
      : "both";
    addTally(sums[kind], counts);
  }
  const { shown: _, opened: __, ...contacts }: DayTally = sums.all;
  const why = `CW_SEED=${luck.seed}`;
  ok(Object.keys(contacts).length > 20, why);
  deepEqual(sums.widget, sums.all, why);
  deepEqual(sums.agent, contacts, why);
  deepEqual(sums.both, contacts, why);
});

Deno.test("[ST3] unknown causes share one name", async () => {
  using store = await memoryStore(new FakeClock(NOON));
  using statistics = new Statistics({
    store: store.statistics,
    clock: store.clock,
  });

  for (const cause of [16, 30, 127, -5, 1e9, 0.5]) {
    statistics.count({ type: "ended", record: { ...RECORD, cause } });
  }
  await statistics.write();

  const [row] = await Array.fromAsync(store.statistics.all());
  const names = Object.keys(row?.counts ?? {}).filter((n) =>
    n.includes("ended")
  );
  deepEqual(names, ["voice.ended.16", "voice.ended.0"]);
});

Deno.test("[ST4] counts are written after a delay and survive a restart", async () => {
  await using place = await temporaryPath();
  const clock = new FakeClock(NOON);
  const opened = await openStore(place.path, { clock });
  ok(opened.ok);
  const statistics = new Statistics({ store: opened.value.statistics, clock });

  statistics.count({ type: "shown", widget: W });
  clock.advance(WRITE_MS - 1);
  const waiting = statistics.pending;
  clock.advance(1);
  const written = statistics.pending;
  await statistics.write();
  opened.value[Symbol.dispose]();

  const again = await openStore(place.path, { clock });
  ok(again.ok);
  using store = again.value;
  const rows = await Array.fromAsync(store.statistics.all());
  deepEqual([waiting, written, clock.pending], [2, 0, 0]);
  deepEqual(rows.map(({ subject, counts }) => [subject, counts]), [
    [{}, { shown: { "12": 1 } }],
    [{ widget: W }, { shown: { "12": 1 } }],
  ]);
});

Deno.test("[ST4] counts that can't be written are lost, logged and not retried", async () => {
  const clock = new FakeClock(NOON);
  const tried: number[] = [];
  const lost: string[] = [];
  using statistics = new Statistics({
    store: {
      add: (rows) => {
        tried.push(rows.length);
        return tried.length === 1
          ? Promise.reject(new Error("disk full"))
          : Promise.resolve();
      },
    },
    clock,
    counters: { count: (name) => lost.push(name) },
  });

  statistics.count({ type: "shown", widget: W });
  await statistics.write();
  statistics.count({ type: "ended", record: RECORD });
  await statistics.write();

  deepEqual([tried, lost], [[2, 4], ["statistics_lost"]]);
});

Deno.test("[ST5] pending counts are limited, but known keys can still be counted", () => {
  const lost: string[] = [];
  using statistics = new Statistics({
    store: { add: () => Promise.resolve() },
    clock: new FakeClock(NOON),
    counters: { count: (name) => lost.push(name) },
    rowsMax: 10,
  });

  for (let n = 0; n < 1_000; n++) {
    const widget = String(n).padStart(32, "0");
    statistics.count({ type: "shown", widget });
  }
  const full = lost.length;
  statistics.count({ type: "shown", widget: "0".repeat(32) });

  deepEqual([statistics.pending, full, lost.length], [10, 991, 991]);
});

Deno.test("[ST6] several services on one store lose no counts", async () => {
  using store = await memoryStore(new FakeClock(NOON));
  const services = Array.from(
    { length: 5 },
    () => new Statistics({ store: store.statistics, clock: store.clock }),
  );

  for (let n = 0; n < 20; n++) {
    for (const one of services) one.count({ type: "shown", widget: W });
    await Promise.all(services.map((one) => one.write()));
  }
  for (const one of services) one[Symbol.dispose]();

  const rows = await Array.fromAsync(store.statistics.all());
  equal(rows.length, 2);
  for (const { counts } of rows) deepEqual(counts, { shown: { "12": 100 } });
});

/** Any happening of three widgets and four agents, in three days. */
function anything(luck: Chance): Happening {
  const widget = String(luck.below(3)).repeat(32);
  if (luck.below(3) === 0) {
    return { type: luck.pick(["shown", "opened"]), widget };
  }
  const startedAt = NOON - luck.below(3 * DAY_MS);
  const answeredAt = startedAt + luck.below(400_000);
  const { answeredAt: _, ...record } = {
    ...RECORD,
    widget,
    address: `agent${luck.below(4)}`,
    media: luck.pick(CONTACT_MEDIA),
    startedAt,
    endedAt: answeredAt + luck.below(HOUR_MS),
    cause: luck.pick([16, 17, 19, 21, 27, 99]),
  };
  const isMissed = luck.below(3) === 0;
  return {
    type: "ended",
    record: isMissed ? record : { ...record, answeredAt },
  };
}
