import { deepEqual, equal, rejects } from "node:assert/strict";
import { commitWithRetry } from "./commit_with_retry.ts";

Deno.test("commitWithRetry() returns the first result of an attempt, even false", async () => {
  const results = [undefined, undefined, false, true];

  const done = await commitWithRetry(
    "save",
    () => Promise.resolve(results.shift()),
  );

  equal(done, false);
  deepEqual(results, [true]);
});

Deno.test("commitWithRetry() gives up after 20 conflicts, and not after an error", async () => {
  let tries = 0;
  const conflicts = commitWithRetry("save widget 5f", () => {
    tries++;
    return Promise.resolve(undefined);
  });
  await rejects(conflicts, {
    message: "Cannot save widget 5f: 20 tries failed",
  });

  const fails = commitWithRetry("save", () => {
    tries++;
    return Promise.reject(new Error("disk full"));
  });
  await rejects(fails, { message: "disk full" });

  equal(tries, 21);
});
