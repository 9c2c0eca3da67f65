import { deepEqual, equal, ok } from "node:assert/strict";
import type { InquiryContent } from "@/lib/model/inquiry.ts";
import {
  eachEngine,
  SHARED_ENGINES,
  storeOn,
  storesOn,
} from "@/tests/support/store_engines.ts";
import { everythingIn } from "@/tests/support/temporary_store.ts";

const W1 = "1".repeat(32);
const FROM = Date.UTC(2030, 0, 7, 9);
const by = { id: "a", name: "ada" };

const callback = (id: string, from = FROM): InquiryContent => ({
  id,
  widget: W1,
  address: "",
  name: "Jonas",
  reply: "+49 7031 73009",
  text: "Please call",
  lang: "en",
  callback: { from, to: from + 1_800_000 },
});

eachEngine(
  "a slot takes as many callbacks as it has places, and a repetition takes none",
  async (engine) => {
    await using store = await storeOn(engine);
    const { inquiries } = store;
    const { to: _, ...soon } = callback("x").callback ?? { from: 0 };

    const all = [];
    for (const id of ["a", "b", "a", "c"]) {
      all.push(await inquiries.create(callback(id), { perSlot: 2 }));
    }
    const later = await inquiries.create(callback("d", FROM + 1_800_000));
    const unplaced = await inquiries
      .create({ ...callback("e"), callback: soon }, { perSlot: 0 });

    deepEqual(
      all.map((done) => done.ok ? done.value.inquiry.callback?.place : done),
      [0, 1, 0, { ok: false, error: "slot-taken" }],
    );
    ok(later.ok && unplaced.ok);
    const time = { from: FROM, to: FROM + 1 };
    deepEqual([...await inquiries.inSlots(W1, time)], [[FROM, 2]]);
    deepEqual([...await inquiries.inSlots("2".repeat(32), time)], []);
  },
);

eachEngine(
  "two instances do not give the last place of a slot to two visitors",
  async (engine) => {
    await using both = await storesOn(engine);
    const [one, other] = both.stores;

    const all = await Promise.all(
      ["a", "b", "c", "d"].map((id, n) =>
        (n % 2 ? one : other).inquiries.create(callback(id), { perSlot: 2 })
      ),
    );

    equal(all.filter((done) => done.ok).length, 2);
    const time = { from: FROM, to: FROM + 1 };
    deepEqual([...await one.inquiries.inSlots(W1, time)], [[FROM, 2]]);
  },
  SHARED_ENGINES,
);

eachEngine(
  "a deleted or expired callback leaves its slot, also an unreadable one",
  async (engine) => {
    await using store = await storeOn(engine);
    const { inquiries, kv, clock } = store;
    const made = [];
    for (const id of ["a", "b", "c"]) {
      const done = await inquiries.create(callback(id), { perSlot: 3 });
      ok(done.ok);
      made.push(done.value.inquiry);
    }
    const [first, second] = made;
    ok(first && second);
    const { text: _, ...broken } = second;
    await kv.set(["inquiry", second.number], broken);

    await inquiries.delete([first], by);
    const again = await inquiries.create(callback("d"), { perSlot: 3 });
    clock.advance(1);
    await inquiries.deleteBefore(clock.now());

    equal(again.ok && again.value.inquiry.callback?.place, 0);
    const left = JSON.stringify(await everythingIn(kv));
    ok(!left.includes("inquiry_slot"), left);
  },
);

eachEngine(
  "entries that do not match their callback are corrected when they are read",
  async (engine) => {
    await using store = await storeOn(engine);
    const { inquiries, kv } = store;
    const numbers: string[] = [];
    for (const id of ["gone", "done", "taken"]) {
      const made = await inquiries.create(callback(id), { perSlot: 3 });
      ok(made.ok);
      numbers.push(made.value.inquiry.number);
    }
    const [gone = "", done = "", taken = ""] = numbers;
    const entry = (number: string) => ["inquiry_due", FROM, number];
    const own = await inquiries.get(taken);
    const finished = await inquiries.get(done);
    ok(own && finished);
    const call = { state: "taken", at: FROM + 9, tries: 0 } as const;
    await inquiries.change(taken, own.revision, {
      callback: { from: FROM, call },
    });
    await inquiries.change(done, finished.revision, { state: "done" });
    await kv.delete(["inquiry", gone]);
    for (const number of numbers) await kv.set(entry(number), 1);
    await kv.delete(["inquiry_taken", call.at, taken]);

    const due = await Array.fromAsync(inquiries.due(FROM));
    const found = await Array.fromAsync(inquiries.taken(call.at));

    deepEqual(due, []);
    deepEqual(found.map(({ value: { number } }) => number), [taken]);
    const left = await Array.fromAsync(kv.list({ prefix: ["inquiry_due"] }));
    deepEqual(left, []);
  },
);
