import { deepEqual, equal } from "node:assert/strict";
import type { Subject, TallyRow } from "@/lib/model/tally.ts";
import { unpack } from "@/lib/model/tally.ts";
import { eachEngine, storeOn } from "@/tests/support/store_engines.ts";
import type { PackedRow } from "./statistics_store.ts";

const row = (day: number, count: number, subject: Subject = {}): TallyRow => ({
  day,
  subject,
  counts: { calls: { "9": count } },
});

eachEngine(
  "counts of one day and subject are added up, even at the same time",
  async (engine) => {
    await using store = await storeOn(engine);
    const { statistics } = store;

    await Promise.all([1, 2, 3, 4].map((n) => statistics.add([row(7, n)])));
    await statistics.add([
      { day: 7, subject: {}, counts: { calls: { "9": 1, "23": 5 } } },
    ]);

    deepEqual(await Array.fromAsync(statistics.all()), [
      { day: 7, subject: {}, counts: { calls: { "9": 11, "23": 5 } } },
    ]);
  },
);

eachEngine(
  "a period of one subject includes both its first and last day",
  async (engine) => {
    await using store = await storeOn(engine);
    const { statistics } = store;
    const widget = "w1";
    const days = [99, 100, 109, 110, 125, 126];
    await statistics.add(days.map((day) => row(day, day, { widget })));
    await statistics.add([row(101, 1), row(102, 1, { widget: "w2" })]);

    const found = await statistics.read({ widget }, { from: 100, to: 125 });

    deepEqual(
      [...found].map(([day, counts]) => [day, unpack(counts)["calls"]]),
      [100, 109, 110, 125].map((day) => [day, { "9": day }]),
    );
  },
);

eachEngine(
  "one day is listed by widget, by agent, or by agent of one widget",
  async (engine) => {
    await using store = await storeOn(engine);
    const { statistics } = store;
    const subjects: Subject[] = [
      {},
      { widget: "w1" },
      { widget: "w2" },
      { agent: "ada" },
      { widget: "w1", agent: "ada" },
      { widget: "w1", agent: "ben" },
      { widget: "w2", agent: "cem" },
    ];
    await statistics.add(subjects.map((subject) => row(7, 1, subject)));
    await statistics.add([row(8, 1, { widget: "w3" })]);
    const of = async (rows: AsyncIterable<PackedRow>) =>
      await Array.fromAsync(rows, ({ day, subject }) => {
        equal(day, 7);
        return subject;
      });

    const widgets = await of(statistics.ofDay(7, { kind: "widget" }));
    const agents = await of(statistics.ofDay(7, { kind: "agent" }));
    const both = await of(
      statistics.ofDay(7, { kind: "agent", widget: "w1" }),
    );

    deepEqual(widgets, [{ widget: "w1" }, { widget: "w2" }]);
    deepEqual(agents, [{ agent: "ada" }]);
    deepEqual(both, [
      { widget: "w1", agent: "ada" },
      { widget: "w1", agent: "ben" },
    ]);
  },
);

eachEngine(
  "old days are deleted, and the first day is the oldest remaining one",
  async (engine) => {
    await using store = await storeOn(engine);
    const { statistics } = store;
    const before = await statistics.firstDay();
    await statistics.add([
      ...[3, 4, 5, 6].map((day) => row(day, 1)),
      row(4, 1, { widget: "w1" }),
    ]);
    const first = await statistics.firstDay();

    const deleted = await statistics.deleteBefore(5);

    deepEqual([before, first, deleted], [undefined, 3, 3]);
    equal(await statistics.firstDay(), 5);
    equal(await statistics.has({ day: 4, subject: {} }), false);
    equal(await statistics.has({ day: 5, subject: {} }), true);
    equal(await statistics.has({ day: 5, subject: { widget: "w1" } }), false);
  },
);

eachEngine(
  "a row that can't be read is left out, and counted again from 0",
  async (engine) => {
    await using store = await storeOn(engine);
    const { statistics, kv } = store;
    const unreadable = { widget: "w1" };
    const good = row(7, 1, { widget: "w2" });
    await statistics.add([good]);
    await kv.set(["statistics", 7, "widget", "w1"], "broken");
    const read = async () => ({
      all: await Array.fromAsync(statistics.all()),
      day: await Array.fromAsync(
        statistics.ofDay(7, { kind: "widget" }),
        ({ subject }) => subject,
      ),
      one: (await statistics.read(unreadable, { from: 7, to: 7 })).size,
    });

    const before = await read();
    await statistics.add([row(7, 2, unreadable)]);
    const after = await read();

    const found = { all: [good], day: [good.subject], one: 0 };
    deepEqual(before, found);
    deepEqual(after, {
      all: [row(7, 2, unreadable), good],
      day: [unreadable, good.subject],
      one: 1,
    });
  },
);

eachEngine(
  "rows beyond the limit of one commit are all added",
  async (engine) => {
    await using store = await storeOn(engine);
    const rows = Array.from(
      { length: 45 },
      (_, n) => row(7, n, { agent: String(n).padStart(3, "0") }),
    );

    await store.statistics.add(rows);

    deepEqual(await Array.fromAsync(store.statistics.all()), rows);
  },
);
