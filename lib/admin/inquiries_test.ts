import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { BYTE_ORDER_MARK } from "@/lib/base/csv.ts";
import type { Account } from "@/lib/model/account.ts";
import type { CallbackState } from "@/lib/model/callback.ts";
import type { Inquiry } from "@/lib/model/inquiry.ts";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { Inquiries } from "./inquiries.ts";
import { inquiryRows } from "./inquiry_rows.ts";

const [W1, W2] = ["1".repeat(32), "2".repeat(32)] as const;
const ADA: Account = {
  id: "a",
  createdAt: 0,
  name: "ada",
  displayName: "Ada L.",
  roles: ["admin"],
};
const BEN: Account = {
  id: "b",
  createdAt: 0,
  name: "ben",
  displayName: "Ben",
  roles: ["agent"],
};

const inquiry = (n: number, more: Partial<Inquiry> = {}): Inquiry => ({
  ...{ id: `m${n}`, number: `N-${n}`, widget: W1, address: "" },
  ...{ name: "Jonas", reply: "+49 7031 73009", text: `Text ${n}`, lang: "en" },
  ...{ at: n, state: "open", notes: [] },
  ...more,
});

/** The messages of a store, newest first. */
async function openRoom(all: readonly Inquiry[]) {
  const store = await memoryStore();
  const { inquiries, accounts, widgets, clock } = store;
  const asked: unknown[] = [];
  inquiries.newest = async function* ({ before, isOpen } = {}) {
    asked.push({ before, isOpen });
    for (const value of all) {
      if (before !== undefined && value.at >= before.at) continue;
      yield { value, revision: "1" };
    }
  };
  const hub = new Hub<Topics>();
  const deps = { inquiries, accounts, widgets, hub, clock, days: 90 };
  return {
    ...{ inquiries: new Inquiries(deps), asked, store },
    [Symbol.dispose]: () => store[Symbol.dispose](),
  };
}

const many = (count: number, more: Partial<Inquiry> = {}) =>
  Array.from({ length: count }, (_, n) => inquiry(count - n, more));

Deno.test("[MSG1] a page has 50 messages at most, and the next one begins after the last of them", async () => {
  using room = await openRoom(many(120));
  const { inquiries } = room;
  const sizes: number[] = [];
  let after = "";

  for (let page = 0; page < 3; page++) {
    const { messages, next } = await inquiries.list(
      { list: "open", after },
      ADA,
    );
    sizes.push(messages.length);
    after = next ?? "";
  }

  deepEqual([sizes, after], [[50, 50, 20], ""]);
  deepEqual(room.asked.slice(0, 2), [
    { before: undefined, isOpen: true },
    { before: { at: 71, number: "N-71" }, isOpen: true },
  ]);
});

Deno.test("[MSG1] at most 2,000 messages are read for a page, which may be empty", async () => {
  for (const [count, next] of [[2_000, undefined], [2_001, "2.N-2"]] as const) {
    using room = await openRoom(many(count));

    const page = await room.inquiries.list(
      { list: "open", text: "nowhere" },
      ADA,
    );

    deepEqual(page, { messages: [], ...next !== undefined && { next } });
  }
});

Deno.test("[MSG1] a place that can't be read is the beginning", async () => {
  using room = await openRoom(many(1));

  for (const after of ["x", "1", "1.", ".N-1", `${"1".repeat(16)}.N-1`]) {
    const { messages } = await room.inquiries.list(
      { list: "open", after },
      ADA,
    );
    equal(messages.length, 1, after);
  }
});

Deno.test("[MSG1] a list has the messages of its state, and of the user", async () => {
  const mine = { assignee: { id: "a", name: "" } };
  const others = { assignee: { id: "c", name: "" } };
  using room = await openRoom([
    inquiry(6),
    inquiry(5, mine),
    inquiry(4, others),
    inquiry(3, { state: "done", ...mine }),
    inquiry(2, { state: "done" }),
    inquiry(1, { notes: [{ at: 1, by: others.assignee, text: "CALLED" }] }),
  ]);
  const numbersOf = async (query: Parameters<Inquiries["list"]>[0]) =>
    (await room.inquiries.list(query, ADA)).messages.map(({ at }) => at);

  deepEqual(await numbersOf({ list: "open" }), [6, 5, 4, 1]);
  deepEqual(await numbersOf({ list: "mine" }), [5]);
  deepEqual(await numbersOf({ list: "done" }), [3, 2]);
  deepEqual(await numbersOf({ list: "open", text: " called " }), [1]);
  deepEqual(await numbersOf({ list: "open", widget: W2 }), []);
  deepEqual(
    room.asked.slice(0, 3),
    [true, true, false].map((isOpen) => ({ before: undefined, isOpen })),
  );
});

Deno.test("[MSG4] an agent sees messages to them in any case, to nobody from widgets with their card, and their own", async () => {
  using room = await openRoom([
    inquiry(6, { address: "BEN", widget: W2 }),
    inquiry(5, { address: "ben", widget: W1 }),
    inquiry(4, { address: "", widget: W1 }),
    inquiry(3, { address: "", widget: W2 }),
    inquiry(2, { address: "ada", widget: W1 }),
    inquiry(1, { address: "ada", assignee: { id: "b", name: "" } }),
  ]);
  const { store, inquiries } = room;
  const content = contentWith([anAgent("Ben")]);
  await store.widgets.create("cardset", content, W1);
  await store.widgets.create("cardset", contentWith([anAgent("c")]), W2);

  const { messages } = await inquiries.list({ list: "open" }, BEN);

  deepEqual(messages.map(({ at }) => at), [6, 5, 4, 1]);
  deepEqual(await inquiries.count(BEN), { open: 4, mine: 1 });
  deepEqual(await inquiries.count(ADA), { open: 6, mine: 0 });
});

Deno.test("[MSG4] counting ends at 100 messages", async () => {
  for (const [count, open] of [[99, 99], [100, 100], [101, 100]]) {
    using room = await openRoom(
      many(count ?? 0, { assignee: { id: "a", name: "" } }),
    );

    const counted = await room.inquiries.count(ADA);

    deepEqual(counted, { open, mine: open });
  }
});

Deno.test("[MSG2] a callback that starts to ring overtakes no change, but an agent who takes it does", async () => {
  using room = await openRoom([]);
  const { inquiries, store } = room;
  const number = "2222-2222";
  await store.inquiries.addAs(inquiry(1, { number, callback: { from: 0 } }));
  const become = async (call: CallbackState) => {
    const stored = await store.inquiries.get(number);
    const callback = { from: 0, call };
    await store.inquiries.change(number, stored?.revision ?? "", { callback });
  };
  const { revision = "" } = await inquiries.get(number, ADA) ?? {};

  await become({ state: "ringing", until: 1, tries: 0 });
  const noted = await inquiries.change(number, { revision, note: "Hm" }, ADA);
  ok(noted.ok);
  await become({ state: "taken", at: 1, tries: 0 });
  const done = { revision: noted.value.revision, state: "done" } as const;
  const late = await inquiries.change(number, done, ADA);

  deepEqual(noted.value.callback?.call?.state, "ringing");
  deepEqual(late, { ok: false, error: { reason: "conflict" } });
});

Deno.test("[MSG4] administrators can assign messages to accounts with a role, and agents to themselves", async () => {
  using room = await openRoom([]);
  const { accounts } = room.store;
  for (const [name, roles] of [["cy", ["agent"]], ["dan", []]] as const) {
    const content = { name, displayName: `${name}!`, roles: [...roles] };
    await accounts.create(content, "none");
  }

  const ofAda = await room.inquiries.colleagues(ADA);

  deepEqual(ofAda.map(({ name }) => name), ["cy!"]);
  deepEqual(await room.inquiries.colleagues(BEN), [{ id: "b", name: "Ben" }]);
});

Deno.test("[MSG5] a file has the newest 5,000 messages of its filter", async () => {
  using room = await openRoom(many(5_002));

  const all = await room.inquiries.csv({ list: "open" }, ADA);
  const one = await room.inquiries.csv({ list: "open", text: "text 77" }, ADA);

  const lines = all.trim().split("\r\n");
  equal(lines.length, 5_001);
  match(lines.at(-1) ?? "", /^N-3,/);
  equal(one.startsWith(`${BYTE_ORDER_MARK}reference,received,`), true);
  match(one, /\nN-77,/);
});

Deno.test("[MSG5] a row has the names of the widget and the agent, where they are known", () => {
  const page = { url: "https://shop.example.com/", title: "Shop" };
  const by = { id: "a", name: "Ada" };
  const notes = ["Called", "No answer"].map((text) => ({ at: 1, by, text }));
  const widgets = [
    { uuid: W1, name: "Shop", agents: [{ address: "ben", name: "Ben" }] },
    { uuid: W2, name: "Other", agents: [{ address: "cy", name: "" }] },
  ];

  const [, ...rows] = inquiryRows([
    inquiry(1, { address: "ben", assignee: by, notes, page }),
    inquiry(2, { address: "cy", widget: "3".repeat(32), state: "done" }),
  ], widgets);

  deepEqual(rows, [
    [
      ...["N-1", "1970-01-01T00:00:00.001Z", "open", "Jonas"],
      ...["+49 7031 73009", "Text 1", "Ben", "Shop", "en", "Ada"],
      ...["Ada: Called\nAda: No answer", "https://shop.example.com/", "", ""],
    ],
    [
      ...["N-2", "1970-01-01T00:00:00.002Z", "done", "Jonas"],
      ...["+49 7031 73009", "Text 2", "cy", "3".repeat(32), "en"],
      ...["", "", "", "", ""],
    ],
  ]);
});
