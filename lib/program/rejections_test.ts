import { deepEqual } from "node:assert/strict";
import { surviveRejections } from "./rejections.ts";

Deno.test("surviveRejections() keeps the process alive and counts", async () => {
  const counted: string[] = [];
  const seen = Promise.withResolvers<void>();
  using _guard = surviveRejections({
    count(name) {
      counted.push(name);
      seen.resolve();
    },
  });

  Promise.reject(new Error("for this test")); // Nobody handles it.
  await seen.promise;

  deepEqual(counted, ["unhandled_rejections"]);
});
