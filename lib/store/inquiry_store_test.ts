import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import * as v from "valibot";
import { DAY_MS } from "@/lib/base/times.ts";
import { type InquiryContent, InquiryNumber } from "@/lib/model/inquiry.ts";
import {
  eachEngine,
  SHARED_ENGINES,
  storeOn,
  storesOn,
} from "@/tests/support/store_engines.ts";
import { everythingIn } from "@/tests/support/temporary_store.ts";
import type { InquiryStore } from "./inquiry_store.ts";

const [W1, W2] = ["1".repeat(32), "2".repeat(32)];
const by = { id: "a", name: "ada" };

const content = (
  id: string,
  more: Partial<InquiryContent> = {},
): InquiryContent => ({
  id,
  widget: W1 ?? "",
  address: "shop",
  name: "Jonas",
  reply: "jonas@example.com",
  text: `Text ${id}`,
  lang: "en",
  ...more,
});

async function created(store: InquiryStore, id: string, more = {}) {
  const done = await store.create(content(id, more));
  if (!done.ok) throw new Error(done.error);
  return done.value.inquiry;
}

async function idsOf(store: InquiryStore, more = {}): Promise<string[]> {
  return await Array.fromAsync(store.newest(more), ({ value }) => value.id);
}

eachEngine(
  "a message is stored once per id of its page, with its own number",
  async (engine) => {
    await using store = await storeOn(engine);
    const { inquiries } = store;

    const first = await inquiries.create(content("m1"));
    const again = await inquiries.create(content("m1", { text: "Other" }));
    const elsewhere = await inquiries.create(content("m1", { widget: W2 }));

    ok(first.ok && again.ok && elsewhere.ok);
    deepEqual([first.value.isNew, again.value.isNew], [true, false]);
    deepEqual(again.value.inquiry, first.value.inquiry);
    notEqual(elsewhere.value.inquiry.number, first.value.inquiry.number);
    ok(v.is(InquiryNumber, first.value.inquiry.number));
    const { inquiry } = first.value;
    deepEqual((await inquiries.get(inquiry.number))?.value, inquiry);
    deepEqual([inquiry.state, inquiry.notes], ["open", []]);
    equal((await idsOf(inquiries)).length, 2);
  },
);

eachEngine(
  "two instances that get the same message at the same time store it once",
  async (engine) => {
    await using both = await storesOn(engine);
    const [one, other] = both.stores;

    const all = await Promise.all(
      [one, other, one, other].map(({ inquiries }) =>
        inquiries.create(content("m1"))
      ),
    );

    const numbers = all.map((done) => done.ok && done.value.inquiry.number);
    equal(new Set(numbers).size, 1);
    deepEqual(await idsOf(one.inquiries), ["m1"]);
  },
  SHARED_ENGINES,
);

eachEngine(
  "messages are listed newest first, all or the open ones, from any place",
  async (engine) => {
    await using store = await storeOn(engine);
    const { inquiries, clock } = store;
    for (const id of ["a", "b", "c", "d"]) {
      await created(inquiries, id);
      clock.advance(1_000);
    }
    const [c] = (await Array.fromAsync(inquiries.newest()))
      .filter(({ value }) => value.id === "c");
    ok(c);
    await inquiries.change(c.value.number, c.revision, { state: "done" });

    deepEqual(await idsOf(inquiries), ["d", "c", "b", "a"]);
    deepEqual(await idsOf(inquiries, { isOpen: true }), ["d", "b", "a"]);
    deepEqual(await idsOf(inquiries, { before: c.value }), ["b", "a"]);
    const { newest } = { newest: { before: c.value, isOpen: true } };
    deepEqual(await idsOf(inquiries, newest), ["b", "a"]);
  },
);

eachEngine(
  "a change needs the current revision and keeps what it does not name",
  async (engine) => {
    await using store = await storeOn(engine);
    const { inquiries, kv } = store;
    const { number } = await created(inquiries, "a");
    // A member that only a later version of the program knows.
    const entry = await kv.get(["inquiry", number]);
    const value = Object.assign({ mood: "good" }, entry.value);
    await kv.set(["inquiry", number], value);
    const first = await inquiries.get(number);
    ok(first);
    const note = { at: 1, by, text: "Called" };

    const done = await inquiries.change(number, first.revision, {
      assignee: by,
      notes: [note],
    });
    const late = await inquiries.change(number, first.revision, {
      state: "done",
    });
    ok(done.ok);
    const freed = await inquiries.change(number, done.value.revision, {
      assignee: null,
    });
    const unknown = await inquiries.change("2222-2222", first.revision, {});

    deepEqual(done.value.value, { ...value, assignee: by, notes: [note] });
    deepEqual(late, { ok: false, error: "conflict" });
    deepEqual(freed.ok && freed.value.value, { ...value, notes: [note] });
    deepEqual(unknown, { ok: false, error: "not-found" });
  },
);

eachEngine(
  "a deletion leaves nothing but an audit entry without the visitor",
  async (engine) => {
    await using store = await storeOn(engine);
    const { inquiries } = store;
    const gone = [];
    for (let n = 0; n < 205; n++) { // More than one commit takes.
      gone.push(await created(inquiries, `gone-${n}`));
    }
    const kept = await created(inquiries, "kept");

    await inquiries.delete(gone, by);

    const left = JSON.stringify(await everythingIn(store.kv));
    deepEqual(await idsOf(inquiries), ["kept"]);
    ok(!left.includes("gone-"));
    ok(left.includes(kept.number));
    const changes = await Array.fromAsync(
      store.audit.all(),
      ({ change }) => change,
    );
    deepEqual(changes, [
      { type: "contacts-deleted", count: 120, what: "messages" },
      { type: "contacts-deleted", count: 85, what: "messages" },
    ]);
  },
);

eachEngine(
  "deleteBefore() deletes expired messages, even an unreadable one",
  async (engine) => {
    await using store = await storeOn(engine);
    const { inquiries, clock, kv } = store;
    const broken = await created(inquiries, "broken");
    const { text: _, ...rest } = broken;
    await kv.set(["inquiry", broken.number], rest);
    await created(inquiries, "old");
    clock.advance(DAY_MS);
    await created(inquiries, "new");

    const deleted = await inquiries.deleteBefore(clock.now());

    equal(deleted, 2);
    deepEqual(await idsOf(inquiries), ["new"]);
    const left = JSON.stringify(await everythingIn(kv));
    ok(!left.includes("old") && !left.includes(broken.number));
  },
);

eachEngine(
  "newest() reads more messages than the store returns at once, and leaves out an unreadable one",
  async (engine) => {
    await using store = await storeOn(engine);
    const { inquiries, clock, kv } = store;
    const ids = Array.from({ length: 25 }, (_, n) => `m${n}`);
    for (const id of ids) {
      const { number } = await created(inquiries, id);
      if (id === "m12") await kv.set(["inquiry", number], { number });
      clock.advance(1);
    }

    const found = await idsOf(inquiries, { isOpen: true });

    deepEqual(found, ids.filter((id) => id !== "m12").reverse());
  },
);

Deno.test("a widget has a maximum number of messages, and a repetition is no new one", async () => {
  const [engine] = SHARED_ENGINES;
  ok(engine);
  await using store = await storeOn(engine);
  const { inquiries, kv } = store;
  const known = await created(inquiries, "known");
  for (let n = 1; n < 10_000; n += 500) {
    const commit = kv.atomic();
    for (let i = n; i < Math.min(n + 500, 10_000); i++) {
      commit.set(["inquiry_by_id", W1 ?? "", `${i}`], "2222-2222");
    }
    await commit.commit();
  }
  store.clock.advance(60_000); // The count is read again.

  const full = await inquiries.create(content("more"));
  const again = await inquiries.create(content("known"));
  const other = await inquiries.create(content("more", { widget: W2 }));

  deepEqual(full, { ok: false, error: "full" });
  deepEqual(again.ok && again.value.inquiry, known);
  ok(other.ok);
});
