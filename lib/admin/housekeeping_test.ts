import { deepEqual, equal } from "node:assert/strict";
import type { Change } from "@/lib/model/audit.ts";
import { newContent } from "@/lib/model/widget.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { AUDIT_MS, Housekeeping } from "./housekeeping.ts";

const DAY_MS = 24 * 60 * 60_000;

Deno.test("housekeeping runs a minute after the start, then daily, even after a failure", () => {
  const clock = new FakeClock();
  const start = clock.now();
  const rounds: number[] = [];
  const deleteBefore = (time: number) => {
    rounds.push(time);
    return rounds.length === 1
      ? Promise.reject(new Error("busy"))
      : Promise.resolve(0);
  };
  const pictures = { sweep: () => Promise.resolve(0) };
  const nothing = { deleteBefore: () => Promise.resolve(0) };
  const store = {
    contactRecords: { deleteBefore },
    inquiries: nothing,
    audit: nothing,
    statistics: nothing,
    tasks: {
      run: (_task: string, run: () => Promise<void>) => run().then(() => true),
    },
  };
  const housekeeping = new Housekeeping({
    pictures,
    store,
    recordDays: 30,
    messageDays: 30,
    statisticsDays: 30,
    clock,
  });

  clock.advance(59_999);
  const early = rounds.length;
  clock.advance(1 + 2 * DAY_MS);
  housekeeping[Symbol.dispose]();
  clock.advance(10 * DAY_MS);

  equal(early, 0);
  const first = start + 60_000 - 30 * DAY_MS;
  deepEqual(rounds, [first, first + DAY_MS, first + 2 * DAY_MS]);
  equal(clock.pending, 0);
});

Deno.test("[ST12] records, statistics and changes are deleted when they expire, and no earlier", async () => {
  using store = await memoryStore();
  const { clock } = store;
  const swept = Promise.withResolvers<void>();
  // Swept last: then the round is over.
  const sweep = () => Promise.resolve(0).finally(swept.resolve);
  await store.widgets.create("sidebar", newContent("Old", "en"));
  clock.advance(AUDIT_MS);
  await store.widgets.create("sidebar", newContent("New", "en"));
  for (const days of [31, 29]) {
    const endedAt = clock.now() - days * DAY_MS;
    await store.contactRecords.add({
      id: `${days}`,
      widget: "w",
      address: "ada",
      media: "chat",
      startedAt: endedAt,
      endedAt,
      cause: 16,
      messages: 1,
    });
  }
  const today = Math.floor((clock.now() + 60_000) / DAY_MS);
  for (const ago of [31, 30]) {
    const counts = { shown: { "0": ago } };
    await store.statistics.add([{ day: today - ago, subject: {}, counts }]);
  }
  using _ = new Housekeeping({
    pictures: { sweep },
    store,
    recordDays: 30,
    messageDays: 30,
    statisticsDays: 30,
    clock,
  });

  clock.advance(60_000);
  await swept.promise;

  const span = { from: 0, to: clock.now() };
  const records = await Array.fromAsync(store.contactRecords.list(span));
  const changes = await store.audit.list({ limit: 9 });
  const days = await Array.fromAsync(store.statistics.all());
  deepEqual(records.map(({ id }) => id), ["29"]);
  deepEqual(days.map(({ counts }) => counts), [{ shown: { "0": 30 } }]);
  deepEqual(changes.map(({ change }) => nameIn(change)), ["New"]);
});

function nameIn(change: Change): string {
  return "name" in change ? change.name : "";
}
