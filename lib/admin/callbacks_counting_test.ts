import { deepEqual, equal, ok } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import type { CallbackCounted } from "@/lib/callbacks/outcome.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { Callbacks } from "./callbacks.ts";

const WIDGET = "1".repeat(32);

/** A callback for ada, who takes it. */
async function office() {
  const store = await memoryStore();
  const { inquiries, accounts, clock } = store;
  const counted: CallbackCounted[] = [];
  const callbacks = new Callbacks({
    ...{ ...store, clock, hub: new Hub<Topics>() },
    happened: (what) => counted.push(what),
  });
  const content = {
    name: "ada",
    displayName: "Ada",
    roles: ["agent" as const],
  };
  const made = await accounts.create(content, "none");
  ok(made.ok);
  const agent: Account = made.value.value;
  const asked = await inquiries.create({
    ...{ id: "m1", widget: WIDGET, address: "ada", name: "Jonas", lang: "en" },
    ...{ reply: "+49 7031 73009", text: "Please call" },
    callback: { from: clock.wall() },
  });
  ok(asked.ok);
  const { number } = asked.value.inquiry;
  /** It rings after so many rings before, and ada does this. */
  async function ring(tries: number, ...acts: ("take" | "missed" | "done")[]) {
    const stored = await inquiries.get(number);
    const call = { state: "ringing", until: Infinity, tries } as const;
    await inquiries.change(number, stored?.revision ?? "", {
      callback: { from: 0, call },
    });
    for (const act of acts) {
      const revision = (await inquiries.get(number))?.revision ?? "";
      equal((await callbacks.act(number, { revision, act }, agent)).ok, true);
    }
  }
  return { ring, counted, [Symbol.dispose]: () => store[Symbol.dispose]() };
}

const of = { type: "callback", widget: WIDGET, agent: "ada" };

Deno.test("[ST1] a callback counts as taken each time, and as missed once its last ring was in vain", async () => {
  using room = await office();

  await room.ring(0, "take", "missed");
  const first = [...room.counted];
  await room.ring(2, "take", "missed");

  deepEqual(first, [{ ...of, outcome: "taken" }]);
  deepEqual(room.counted.slice(1), [
    { ...of, outcome: "taken" },
    { ...of, outcome: "over" },
  ]);
});

Deno.test("[ST1] a callback that is done counts as taken only", async () => {
  using room = await office();

  await room.ring(0, "take", "done");

  deepEqual(room.counted, [{ ...of, outcome: "taken" }]);
});
