import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { RefusalLog } from "./refusal_log.ts";

Deno.test("[P40] rejections are counted by reason and address, the latest first", () => {
  const clock = new FakeClock();
  const log = new RefusalLog(clock);
  log.add("address", "198.51.100.7");
  const first = clock.now();
  log.add("login", "198.51.100.7");
  clock.advance(1_000);

  log.add("address", "203.0.113.1");
  log.add("address", "203.0.113.1");

  deepEqual(log.rows(), [
    {
      reason: "address",
      address: "203.0.113.1",
      count: 2,
      lastAt: clock.now(),
    },
    { reason: "login", address: "198.51.100.7", count: 1, lastAt: first },
    { reason: "address", address: "198.51.100.7", count: 1, lastAt: first },
  ]);
  equal(log.total("address"), 3);
  equal(log.total("throttled"), 0);
});

Deno.test("[P40] repeated rejections of an address add few lines to the log", () => {
  const log = new RefusalLog(new FakeClock());
  const counts = Array.from({ length: 1_000 }, (_, n) => n + 1);

  const logged = counts.filter(() => log.add("address", "198.51.100.7"));
  const other = log.add("address", "203.0.113.1");

  deepEqual(logged, [1, 10, 100, 1_000]);
  equal(other, true);
});

Deno.test("[P40] the number of stored addresses is limited, but counting continues", () => {
  const log = new RefusalLog(new FakeClock());

  for (let n = 0; n <= 50; n++) log.add("address", `${n}`);

  equal(log.total("address"), 51);
  equal(log.rows().length, 50);
  equal(log.rows().at(-1)?.address, "1");
});
