import { deepEqual, equal, rejects } from "node:assert/strict";
import { PostgresFailure } from "./postgres/failure.ts";
import { whyNotWritten, WriteProbe } from "./write_probe.ts";

/** A probe of a store that fails while there is an `error`, and its writes. */
function probed() {
  const store = { writes: 0, error: undefined as Error | undefined };
  const probe = new WriteProbe({
    set: () => {
      store.writes++;
      return store.error === undefined
        ? Promise.resolve({ ok: true, versionstamp: "1" })
        : Promise.reject(store.error);
    },
  });
  return { store, probe };
}

Deno.test("a probe writes each time, and rejects as long as the store does", async () => {
  const { store, probe } = probed();

  await probe.check();
  store.error = new Error("database or disk is full");
  await rejects(probe.check(), store.error);
  await rejects(probe.check(), store.error);
  store.error = undefined;
  await probe.check();

  equal(store.writes, 4);
});

Deno.test("while a probe's write hangs, no other one starts", async () => {
  const hanging = Promise.withResolvers<Deno.KvCommitResult>();
  let writes = 0;
  const probe = new WriteProbe({
    set: () => {
      writes++;
      return hanging.promise;
    },
  });

  const checks = [probe.check(), probe.check(), probe.check()];
  equal(writes, 1);
  hanging.resolve({ ok: true, versionstamp: "1" });

  await Promise.all(checks);
  await probe.check();
  equal(writes, 2);
});

Deno.test("the reason for a failed write contains no path and no key", () => {
  const texts = [
    "Error: database or disk is full",
    "No space left on device (os error 28): /data/widgets.kv",
    "attempt to write a readonly database",
    "Read-only file system (os error 30)",
    "disk I/O error",
    "unable to open database file: /data/widgets.kv",
    "something else at /data/widgets.kv",
  ];

  deepEqual(texts.map((text) => whyNotWritten(new Error(text))), [
    "the disk is full",
    "the disk is full",
    "the store is read-only",
    "the store is read-only",
    "the disk reports an error",
    "the store cannot be opened",
    "see the log",
  ]);
});

Deno.test("a server that is away cannot be reached, and its other failures are in the log", () => {
  const failures = [true, false].map((isAway) =>
    new PostgresFailure("the connection to db.example is lost", { isAway })
  );

  deepEqual(failures.map(whyNotWritten), [
    "the store cannot be reached",
    "see the log",
  ]);
});
