import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { openFaultyKv } from "@/tests/support/faulty_kv.ts";
import type { StoreEngine } from "./store_engine.ts";
import { patient, STORE_WITHIN_MS, StoreError } from "./patience.ts";

/** Returns the error of a write if Deno KV rejects with this one. */
async function rejection(error: Error): Promise<unknown> {
  using kv = await Deno.openKv(":memory:");
  kv.set = () => Promise.reject(error);
  return await patient(kv).set(["a"], 1).catch((error) => error);
}

Deno.test("a SQLite error reported as TypeError becomes a StoreError", async () => {
  for (
    const message of [
      "database or disk is full",
      "disk I/O error",
      "attempt to write a readonly database",
      "unable to open database file",
    ]
  ) {
    const error = await rejection(new TypeError(message));
    ok(error instanceof StoreError, message);
  }
});

Deno.test("a value that Deno KV rejects is a bug of ours", async () => {
  using memory = await Deno.openKv(":memory:");
  const kv = patient(memory);

  const errors = await Promise.all([
    kv.set(["a"], new Uint8Array(70_000)).catch((error) => error),
    kv.set(["a".repeat(5_000)], 1).catch((error) => error),
  ]);

  deepEqual(errors.map((error) => error instanceof TypeError), [true, true]);
});

Deno.test("a write waits only while another program holds the lock", async () => {
  using memory = await Deno.openKv(":memory:");
  const { set } = memory;
  const errors = [new Error("database is locked"), new Error("disk full")];
  let asked = 0;
  memory.set = (...args) => {
    asked++;
    const error = errors.shift();
    return error ? Promise.reject(error) : set.apply(memory, args);
  };
  const kv = patient(memory);

  await rejects(kv.set(["a"], 1), /The store has failed: Error: disk full/);
  equal(asked, 2); // Again after the lock, not after the full disk.
  errors.push(...Array(5).fill(new Error("database is locked")));
  const written = await kv.set(["a"], 2);

  equal(written.ok, true);
  equal((await kv.get(["a"])).value, 2);
});

const ASKED: readonly [string, (kv: StoreEngine) => Promise<unknown>][] = [
  ["get", (kv) => kv.get(["a"])],
  ["getMany", (kv) => kv.getMany([["a"], ["b"]])],
  ["list", (kv) => Array.fromAsync(kv.list({ prefix: [] }))],
  ["set", (kv) => kv.set(["a"], 1)],
  ["delete", (kv) => kv.delete(["a"])],
  ["atomic", (kv) => kv.atomic().set(["a"], 1).commit()],
];
for (const [what, ask] of ASKED) {
  Deno.test(`every request ends: ${what} rejects if the store hangs or fails`, async () => {
    const hanging = await openFaultyKv({ readsToo: true });
    const failing = await openFaultyKv({ readsToo: true });
    using _hanging = hanging.kv;
    using _failing = failing.kv;
    const hangs = patient(hanging.kv, 20);
    const fails = patient(failing.kv);
    hanging.be("hangs");
    failing.be("fails");

    await rejects(ask(hangs), {
      name: "StoreError",
      message: "The store has not answered within 0.02 s",
    });
    await rejects(ask(fails), {
      name: "StoreError",
      message: "The store has failed: Error: disk I/O error",
    });
    failing.be("ok");
    await ask(fails);
  });
}

Deno.test("the store has 5 s to answer", () => {
  equal(STORE_WITHIN_MS, 5_000);
});
