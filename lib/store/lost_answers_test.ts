import { deepEqual, ok } from "node:assert/strict";
import { CHANGES, type Room } from "@/tests/support/every_change.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  eachEngine,
  KV_CONNECT,
  kvConnectServer,
} from "@/tests/support/store_engines.ts";
import { openEngine } from "./open_engine.ts";
import { openStoreOn } from "./open.ts";
import { recognizeOwnCommits } from "./own_commits.ts";
import { patient } from "./patience.ts";
import { PostgresFailure } from "./postgres/failure.ts";
import type { StoreEngine } from "./store_engine.ts";
import { withCommits } from "./with_commits.ts";

// If the answer of a commit is lost, Deno's KV Connect client commits again, or
// patient() does. These tests lose the first answer of every commit.

type Answers = "lost" | "cut";

for (const answers of ["lost", "cut"] as const) {
  eachEngine(
    `every change is made once, and is no conflict with itself, if answers are ${answers}`,
    async () => {
      const all = Object.entries(CHANGES).map(async ([what, change]) => {
        using room = await openRoom(answers);
        return await change(room).then(() => [], (error) => [[what, error]]);
      });
      deepEqual((await Promise.all(all)).flat(), []);
    },
    KV_CONNECT,
  );
}

Deno.test("every change is made once, and is no conflict with itself, if PostgreSQL's connection is lost after it", async () => {
  const all = Object.entries(CHANGES).map(async ([what, change]) => {
    let isLosing = false;
    const memory = await openEngine(":memory:");
    const kv = patient(recognizeOwnCommits(losing(memory, () => isLosing)));
    const clock = new FakeClock();
    const opened = await openStoreOn(kv, clock);
    ok(opened.ok);
    using store = opened.value;
    const lose = () => Promise.resolve(void (isLosing = true));
    return await change({ store, kv, clock, lose })
      .then(() => [], (error) => [[what, error]]);
  });
  deepEqual((await Promise.all(all)).flat(), []);
});

/** Returns an engine whose commits lose their first answer. */
function losing(kv: StoreEngine, isLosing: () => boolean): StoreEngine {
  return withCommits(kv, () => {
    const commit = kv.atomic();
    const send = commit.commit;
    let tries = 0;
    commit.commit = async () => {
      const done = await send.call(commit);
      if (!isLosing() || tries++ > 0) return done;
      throw new PostgresFailure("the connection is lost", { isAway: true });
    };
    return commit;
  });
}

async function openRoom(answers: Answers): Promise<Room & Disposable> {
  const server = kvConnectServer();
  const url = server.newUrl();
  const kv = await openEngine(url);
  const clock = new FakeClock();
  const lose = () => server.be(url, { answers });
  await lose(); // A new store is migrated.
  const opened = await openStoreOn(kv, clock);
  await server.be(url);
  ok(opened.ok);
  const store = opened.value;
  return { store, kv, clock, lose, [Symbol.dispose]: () => kv.close() };
}
