import { deepEqual } from "node:assert/strict";
import { CrowdMember } from "@/tests/support/crowd.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { MemoryBus } from "@/tests/support/memory_bus.ts";

Deno.test("[MEMBER1] an instance that is starting knows the others, and they know it as soon as it can serve pages", () => {
  const clock = new FakeClock();
  const bus = new MemoryBus(clock);
  const a = new CrowdMember("a", { bus, clock });
  const b = new CrowdMember("b", { bus, clock, isStarting: true });
  b.members.changed();
  clock.advance(5_000);
  deepEqual([a.ids, b.ids], [[], ["a"]]);

  b.members.announce();
  clock.advance(1);

  deepEqual([a.ids, b.ids], [["b"], ["a"]]);
  clock.advance(5_000);
  deepEqual([a.gone, b.gone], [[], []]);
});
