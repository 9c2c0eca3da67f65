import { deepEqual, equal } from "node:assert/strict";
import { type Block, BLOCKS_MAX } from "@/lib/model/block.ts";
import { eachEngine, kvOn, storeOn } from "@/tests/support/store_engines.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { BlockStore } from "./block_store.ts";

const by = { id: "1", name: "ada" };
const UNBLOCKED = { type: "visitor-unblocked", block: "b1" } as const;

function blockOf(id: string, more: Partial<Block> = {}): Block {
  return {
    ...{ id, at: 1, by, contact: "c1", widget: "w", address: "ada" },
    marks: { visit: "v" },
    ...more,
  };
}

function blocked(block: string) {
  const time = { for: "day", network: false } as const;
  return { type: "visitor-blocked", block, ...time } as const;
}

eachEngine(
  "a block is listed until it is ended, and both are in the audit log",
  async (engine) => {
    await using store = await storeOn(engine);
    const { blocks } = store;
    const later = blockOf("b2", { at: 2, marks: { visit: "v", network: "n" } });

    await blocks.add(blockOf("b1"), blocked("b1"));
    await blocks.add(later, blocked("b2"));
    const both = await blocks.list();
    const ended = [
      await blocks.delete("b1", by, UNBLOCKED),
      await blocks.delete("b1", by, UNBLOCKED),
    ];

    deepEqual(both, [later, blockOf("b1")]);
    deepEqual(ended, [true, false]);
    deepEqual(await blocks.list(), [later]);
    const changes = await Array.fromAsync(store.audit.all());
    deepEqual(changes.map(({ change }) => change.type), [
      "visitor-blocked",
      "visitor-blocked",
      "visitor-unblocked",
    ]);
  },
);

eachEngine(
  "the visitor of a contact is stored for 7 days, and a block until its end",
  async (engine) => {
    await using kv = await kvOn(engine);
    const expiries: (number | undefined)[] = [];
    const { set, atomic } = kv;
    kv.set = (key, value, options) => {
      expiries.push(options?.expireIn);
      return set.call(kv, key, value, options);
    };
    kv.atomic = () => {
      const commit = atomic.call(kv);
      const own = commit.set.bind(commit);
      commit.set = (key, value, options) => {
        if (key[0] === "block") expiries.push(options?.expireIn);
        return own(key, value, options);
      };
      return commit;
    };
    const blocks = new BlockStore(kv, { now: () => 1_000 });
    const source = { widget: "w", address: "ada", marks: { visit: "v" } };

    await blocks.remember("c1", source);
    await blocks.add(blockOf("b1", { until: 61_000 }), blocked("b1"));
    await blocks.add(blockOf("b2"), blocked("b2"));

    deepEqual(expiries, [7 * 86_400_000, 60_000, undefined]);
    deepEqual(await blocks.source("c1"), source);
    equal(await blocks.source("c2"), undefined);
  },
);

Deno.test("an expired block is not listed, and not imported", async () => {
  using store = await memoryStore();
  const { blocks, clock } = store;
  const until = clock.now() + 60_000;

  await blocks.add(blockOf("b1", { until }), blocked("b1"));
  clock.advance(59_999);
  equal((await blocks.list()).length, 1);
  clock.advance(1);
  await blocks.addAs(blockOf("b2", { until }));

  deepEqual(await blocks.list(), []);
  equal(await blocks.has({ id: "b2" }), false);
});

Deno.test("one block more than the maximum is refused", async () => {
  using store = await memoryStore();
  const { blocks } = store;
  for (let n = 0; n < BLOCKS_MAX; n++) await blocks.addAs(blockOf(`b${n}`));

  const isAdded = await blocks.add(blockOf("one more"), blocked("one more"));

  equal(isAdded, false);
  equal((await blocks.list()).length, BLOCKS_MAX);
});
