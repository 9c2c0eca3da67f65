import { deepEqual, equal, rejects } from "node:assert/strict";
import {
  eachEngine,
  SHARED_ENGINES,
  storesOn,
} from "@/tests/support/store_engines.ts";
import { TASK_MS_MAX } from "./task_store.ts";

eachEngine("of two instances, one can use a value", async (engine) => {
  await using both = await storesOn(engine);
  const [first, second] = both.stores;

  const used = await Promise.all([
    first.usedOnce.use("challenge", "17", 60_000),
    second.usedOnce.use("challenge", "17", 60_000),
  ]);
  const others = [
    await second.usedOnce.use("challenge", "18", 60_000),
    await second.usedOnce.use("other", "17", 60_000),
    await first.usedOnce.use("other", "17", 60_000),
  ];

  deepEqual(used.toSorted(), [false, true]);
  deepEqual(others, [true, true, false]);
}, SHARED_ENGINES);

eachEngine("of two instances, one at a time runs a task", async (engine) => {
  await using both = await storesOn(engine);
  const [first, second] = both.stores;
  const going = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  let runs = 0;
  const count = () => Promise.resolve(void runs++);

  const running = first.tasks.run("tidy", () => {
    started.resolve();
    return going.promise;
  });
  await started.promise;
  const beside = await second.tasks.run("tidy", count);
  const other = await second.tasks.run("other", count);
  going.resolve();
  const done = await running;
  const after = await second.tasks.run("tidy", count);

  deepEqual([beside, other, done, after], [false, true, true, true]);
  equal(runs, 2);
}, SHARED_ENGINES);

eachEngine(
  "of two instances that begin a task at the same time, one runs it",
  async (engine) => {
    await using both = await storesOn(engine);
    let runs = 0;

    const ran = await Promise.all(
      both.stores.map((store) =>
        store.tasks.run("tidy", () => Promise.resolve(void runs++))
      ),
    );

    // The second one may have begun after the end of the first one.
    equal(ran.filter(Boolean).length, runs);
  },
  SHARED_ENGINES,
);

eachEngine(
  "a task is free after a failure, and 10 min after its instance died",
  async (engine) => {
    await using both = await storesOn(engine);
    const { stores: [first, second], clock } = both;
    const nothing = () => Promise.resolve();
    const fails = () => Promise.reject(new Error("disk full"));

    await rejects(first.tasks.run("tidy", fails), /disk full/);
    equal(await second.tasks.run("tidy", nothing), true);
    const started = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const dead = first.tasks.run("tidy", () => {
      started.resolve();
      return end.promise;
    });
    await started.promise;
    clock.advance(TASK_MS_MAX - 1);
    const early = await second.tasks.run("tidy", nothing);
    clock.advance(1);
    const late = await second.tasks.run("tidy", nothing);
    end.resolve();
    await dead;

    deepEqual([early, late, TASK_MS_MAX], [false, true, 600_000]);
  },
  SHARED_ENGINES,
);
