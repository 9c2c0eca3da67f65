import { deepEqual } from "node:assert/strict";
import { unreachable } from "./unreachable.ts";

Deno.test("unreachable() returns a leg that ends once, right after it was returned", async () => {
  const events: unknown[] = [];

  const leg = unreachable(1, (event) => events.push(event));
  const before = [...events];
  leg.send();
  await Promise.resolve();

  deepEqual(before, []);
  deepEqual(events, [{ type: "terminated", cause: 1 }]);
});
