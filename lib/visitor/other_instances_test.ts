import { deepEqual, equal } from "node:assert/strict";
import { LIMITS } from "@/lib/protocol/visitor/limits.ts";
import { limitsBeside, NO_OTHERS } from "./other_instances.ts";

Deno.test("[V20] limits by address or widget are divided by the number of instances, by four at most", () => {
  let size = 0;
  const others = {
    ...NO_OTHERS,
    get size() {
      return size;
    },
  };
  const limits = limitsBeside(others, LIMITS);

  const seen = [0, 1, 2, 3, 9].map((count) => {
    size = count;
    return [
      limits.socketsPerAddress,
      limits.startsPerAddressPerMinute,
      limits.calmPerAddress,
    ];
  });

  deepEqual(seen, [
    [200, 300, 5],
    [100, 150, 3],
    [67, 100, 2],
    [50, 75, 2],
    [50, 75, 2],
  ]);
  deepEqual(
    [limits.socketsPerWidget, limits.calmPerWidget, limits.sockets],
    [5_000, 15, 50_000],
  );
  equal(limitsBeside(NO_OTHERS, LIMITS), LIMITS);
});
