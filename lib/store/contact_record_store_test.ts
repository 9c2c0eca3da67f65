import { deepEqual, equal, ok } from "node:assert/strict";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import { eachEngine, storeOn } from "@/tests/support/store_engines.ts";
import { everythingIn } from "@/tests/support/temporary_store.ts";

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

eachEngine(
  "contact records are listed by time, for one widget or all",
  async (engine) => {
    await using store = await storeOn(engine);
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
      store.contactRecords.newest({ widget: "w1", from: 150, to: 999 }),
    );

    deepEqual([all, early, w1], [["a", "b", "c"], ["a"], ["b"]]);
  },
);

eachEngine("a record is found by its end time and id", async (engine) => {
  await using store = await storeOn(engine);
  const { contactRecords } = store;
  const a = record("a", "w1", 100);
  for (const one of [a, record("b", "w1", 100)]) await contactRecords.add(one);
  const stranger = { endedAt: 101, id: "a" };

  deepEqual(await contactRecords.get({ endedAt: 100, id: "a" }), a);
  equal(await contactRecords.get(stranger), undefined);
  equal(await contactRecords.has(a), true);
  equal(await contactRecords.has(stranger), false);
});

eachEngine(
  "an unreadable contact record is left out of each list, also of one widget or visit",
  async (engine) => {
    await using store = await storeOn(engine);
    const { kv, contactRecords } = store;
    for (const [n, id] of ["a", "b", "c"].entries()) {
      const one = { ...record(id, "w1", 100 + n), visit: "v1" };
      await contactRecords.add(one);
    }
    await kv.set(["contact_record", 101, "b"], { widget: 7 });

    const span = { from: 0, to: 999 };
    const all = await ids(contactRecords.newest(span));
    const ofWidget = await ids(
      contactRecords.newest({ widget: "w1", ...span }),
    );
    const ofVisit = await ids(contactRecords.ofVisit("v1"));

    deepEqual([all, ofWidget, ofVisit], [["c", "a"], ["c", "a"], ["a", "c"]]);
  },
);

eachEngine(
  "a record stores the version of the accepted consent text",
  async (engine) => {
    await using store = await storeOn(engine);
    const kept = { ...record("a", "w1", 100), consent: "0123456789abcdef" };
    await store.contactRecords.add(kept);

    const span = { from: 0, to: 999 };
    deepEqual(await Array.fromAsync(store.contactRecords.list(span)), [kept]);
  },
);

eachEngine(
  "deleteBefore() leaves no trace of the records it deletes",
  async (engine) => {
    await using store = await storeOn(engine);
    await store.contactRecords.add({ ...record("a", "w1", 100), visit: "v" });
    await store.contactRecords.add({ ...record("b", "w1", 200), visit: "v" });

    const deleted = await store.contactRecords.deleteBefore(200);

    const span = { from: 0, to: 999 };
    equal(deleted, 1);
    deepEqual(await ids(store.contactRecords.list(span)), ["b"]);
    const w1 = store.contactRecords.newest({ widget: "w1", ...span });
    deepEqual(await ids(w1), ["b"]);
    deepEqual(await ids(store.contactRecords.ofVisit("v")), ["b"]);
  },
);

eachEngine(
  "deleteBefore() deletes a record from any time, and an unreadable one, with its pointers",
  async (engine) => {
    await using store = await storeOn(engine);
    const { contactRecords, kv } = store;
    await contactRecords.add(record("first", "w1", 0));
    await contactRecords.add({ ...record("a", "w1", 1), visit: "v" });
    const broken = [null, "text", { widget: 7 }, { widget: "w1", visit: "v" }];
    for (const [n, value] of broken.entries()) {
      await kv.set(["contact_record", 2, `broken${n}`], value);
    }
    await kv.set(["contact_record_by_widget", "w1", 2, "broken3"], "broken3");
    await kv.set(["contact_record_by_visit", "v", 2, "broken3"], "broken3");

    equal(await contactRecords.deleteBefore(3), 6);

    const left = (await everythingIn(kv)).map(([key]) => key);
    deepEqual(left.filter((key) => key.startsWith("contact")), []);
  },
);

eachEngine(
  "newest() continues backwards from any record, for one widget or all",
  async (engine) => {
    await using store = await storeOn(engine);
    for (const [n, widget] of ["w1", "w2", "w1", "w1"].entries()) {
      await store.contactRecords.add(record(`${n}`, widget, 100 + n));
    }
    const span = { from: 100, to: 103 };

    const all = await ids(store.contactRecords.newest(span));
    const w1 = await ids(
      store.contactRecords.newest({ ...span, widget: "w1" }),
    );
    const before = { endedAt: 102, id: "2" };
    const earlier = await ids(store.contactRecords.newest({ ...span, before }));
    const earlierW1 = await ids(
      store.contactRecords.newest({ ...span, before, widget: "w1" }),
    );

    deepEqual([all, w1], [["2", "1", "0"], ["2", "0"]]);
    deepEqual([earlier, earlierW1], [["1", "0"], ["0"]]);
  },
);

eachEngine(
  "delete() leaves no trace except an audit entry that names no visitor",
  async (engine) => {
    await using store = await storeOn(engine);
    const { contactRecords } = store;
    const visit = "visit-of-ada";
    for (let n = 0; n < 450; n++) { // More than one commit takes.
      await contactRecords.add({ ...record(`gone-${n}`, "w1", n), visit });
    }
    await contactRecords.add(record("kept", "w1", 999));
    const all = await Array.fromAsync(contactRecords.ofVisit(visit));

    await contactRecords.delete(all, { id: "1", name: "admin" });

    const left = await everythingIn(store.kv);
    const changes = left.filter(([key]) => key.startsWith("audit"));
    const counts = changes.map(([, value]) =>
      Number(/"count":(\d+)/.exec(JSON.stringify(value))?.[1])
    );
    deepEqual(counts, [200, 200, 50]);
    ok(!JSON.stringify(left).includes("gone-"));
    ok(!JSON.stringify(left).includes("visit-of-ada"));
    ok(JSON.stringify(left).includes("kept"));
  },
);

async function ids(records: AsyncIterable<ContactRecord>): Promise<string[]> {
  return await Array.fromAsync(records, ({ id }) => id);
}
