import { deepEqual, ok } from "node:assert/strict";
import { patient, StoreError } from "./patience.ts";

/** What a write rejects with if Deno KV rejects with this. */
async function rejection(error: Error): Promise<unknown> {
  using kv = await Deno.openKv(":memory:");
  kv.set = () => Promise.reject(error);
  return await patient(kv).set(["a"], 1).catch((error) => error);
}

Deno.test("what SQLite reports by a TypeError is a StoreError", async () => {
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

Deno.test("a value that Deno KV does not take is our own mistake", async () => {
  using kv = patient(await Deno.openKv(":memory:"));

  const errors = await Promise.all([
    kv.set(["a"], new Uint8Array(70_000)).catch((error) => error),
    kv.set(["a".repeat(5_000)], 1).catch((error) => error),
  ]);

  deepEqual(errors.map((error) => error instanceof TypeError), [true, true]);
});
