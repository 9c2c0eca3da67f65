import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { eachEngine, kvOn } from "@/tests/support/store_engines.ts";
import type { StoreEngine } from "./store_engine.ts";
import { TASK_MS_MAX, TaskStore } from "./task_store.ts";
import { withCommits } from "./with_commits.ts";

const nothing = () => Promise.resolve();

/** Runs something before each commit of a store. */
function before(kv: StoreEngine, first: () => Promise<unknown>): StoreEngine {
  return withCommits(kv, () => {
    const commit = kv.atomic();
    const send = commit.commit;
    commit.commit = async () => {
      await first();
      return await send.call(commit);
    };
    return commit;
  });
}

eachEngine(
  "a task isn't run if another instance was faster",
  async (engine) => {
    await using kv = await kvOn(engine);
    const clock = new FakeClock();
    const going = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const faster = new TaskStore(kv, clock);
    let running: Promise<boolean> | undefined;
    const slower = new TaskStore(
      before(kv, () => {
        running = faster.run("tidy", () => {
          started.resolve();
          return going.promise;
        });
        return started.promise;
      }),
      clock,
    );
    let runs = 0;

    const ran = await slower.run("tidy", () => Promise.resolve(void runs++));
    going.resolve();

    deepEqual([ran, runs, await running], [false, 0, true]);
  },
);

eachEngine(
  "the lease of a task whose end is too far ahead is free",
  async (engine) => {
    await using kv = await kvOn(engine);
    const clock = new FakeClock();
    const tasks = new TaskStore(kv, clock);
    const runWith = async (until: number) => {
      await kv.set(["lease", "tidy"], { id: "x", until });
      return await tasks.run("tidy", nothing);
    };

    equal(await runWith(clock.now() + TASK_MS_MAX), false);
    equal(await runWith(clock.now() + TASK_MS_MAX + 1), true);
  },
);

eachEngine(
  "a task whose lease was lost leaves that of the next instance",
  async (engine) => {
    await using kv = await kvOn(engine);
    const clock = new FakeClock();
    const [slow, next] = [new TaskStore(kv, clock), new TaskStore(kv, clock)];
    const end = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();

    let running: Promise<boolean> | undefined;
    await slow.run("tidy", async () => {
      clock.advance(TASK_MS_MAX);
      running = next.run("tidy", () => {
        started.resolve();
        return end.promise;
      });
      await started.promise;
    });
    const third = await new TaskStore(kv, clock).run("tidy", nothing);
    end.resolve();

    deepEqual([third, await running], [false, true]);
  },
);
