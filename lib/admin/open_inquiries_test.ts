import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { Account } from "@/lib/model/account.ts";
import type { InquiryContent } from "@/lib/model/inquiry.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { Inquiries } from "./inquiries.ts";
import { OpenInquiries } from "./open_inquiries.ts";

const message = (id: string): InquiryContent => ({
  ...{ id, widget: "a".repeat(32), address: "ada", name: "", lang: "en" },
  ...{ reply: "jonas@example.com", text: id },
});

/** The open messages of a store, whose reads are counted. */
async function room() {
  const store = await memoryStore();
  const { inquiries, clock } = store;
  const reads = { count: 0, fails: false };
  const open = new OpenInquiries({
    newest(options) {
      reads.count++;
      if (reads.fails) throw new Error("away");
      return inquiries.newest(options);
    },
  }, clock);
  return { store, inquiries, clock, reads, open };
}

Deno.test("[MSG7] the open messages are read once for all users, and again after a change or 5 s", async () => {
  const { store, inquiries, clock, reads, open } = await room();
  using _ = store;
  const look = async () => [(await open.all()).length, reads.count];
  await inquiries.create(message("m1"));

  const together = await Promise.all([look(), look()]);
  await inquiries.create(message("m2"));
  clock.advance(4_999);
  const early = await look();
  clock.advance(1);
  const late = await look();
  await inquiries.create(message("m3"));
  open.changed();

  deepEqual(together, [[1, 1], [1, 1]]);
  deepEqual([early, late, await look()], [[1, 1], [2, 2], [3, 3]]);
});

Deno.test("[MSG7] a failed read of the open messages is not remembered", async () => {
  const { store, reads, open } = await room();
  using _ = store;
  reads.fails = true;

  await rejects(open.all(), /away/);
  reads.fails = false;

  equal((await open.all()).length, 0);
});

Deno.test("[MSG7] a count is right immediately after a message was changed or deleted", async () => {
  using store = await memoryStore();
  const { inquiries, accounts, widgets, clock } = store;
  const hub = new Hub<Topics>();
  const own = new Inquiries({
    ...{ inquiries, accounts, widgets, hub, clock, days: 90 },
  });
  const by = { id: "a", name: "ada" };
  const ada: Account = {
    ...{ id: "a", name: "ada", displayName: "Ada", roles: ["admin"] },
    createdAt: 0,
  };
  const open = async () => (await own.count(ada)).open;
  for (let n = 0; n < 4; n++) await inquiries.create(message(`m${n}`));
  const { messages: [first, second] } = await own.list({ list: "open" }, ada);
  ok(first && second);
  const counts = [await open()];

  const { number, revision } = first;
  await own.change(number, { revision, state: "done" }, ada);
  counts.push(await open());
  await own.delete(second.number, by);
  counts.push(await open());
  await own.deleteAll({ list: "open", until: clock.wall() }, ada);
  counts.push(await open());

  deepEqual(counts, [4, 3, 2, 0]);
});
