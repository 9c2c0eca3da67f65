import { deepEqual, equal } from "node:assert/strict";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";

const record = (
  id: string,
  widget: string,
  endedAt: number,
): ContactRecord => ({
  id,
  widget,
  address: "ada",
  media: "chat",
  startedAt: endedAt - 5,
  endedAt,
  cause: 16,
  messages: 3,
});

Deno.test("contact records are listed by time, all or of one widget", async () => {
  using store = await memoryStore();
  const records = [
    record("c", "w2", 300),
    { ...record("a", "w1", 100), answeredAt: 98 },
    record("b", "w1", 200),
  ];
  for (const one of records) await store.contactRecords.add(one);
  await store.contactRecords.add(record("c", "w2", 300));

  const all = await ids(store.contactRecords.list({ from: 100, to: 301 }));
  const early = await ids(store.contactRecords.list({ from: 0, to: 200 }));
  const w1 = await ids(
    store.contactRecords.listOfWidget("w1", { from: 150, to: 999 }),
  );

  deepEqual([all, early, w1], [["a", "b", "c"], ["a"], ["b"]]);
});

Deno.test("deleteBefore() leaves no trace of the records it deletes", async () => {
  using store = await memoryStore();
  await store.contactRecords.add(record("a", "w1", 100));
  await store.contactRecords.add(record("b", "w1", 200));

  const deleted = await store.contactRecords.deleteBefore(200);

  const span = { from: 0, to: 999 };
  equal(deleted, 1);
  deepEqual(await ids(store.contactRecords.list(span)), ["b"]);
  deepEqual(await ids(store.contactRecords.listOfWidget("w1", span)), ["b"]);
});

async function ids(records: AsyncIterable<ContactRecord>): Promise<string[]> {
  return await Array.fromAsync(records, ({ id }) => id);
}
