import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { LivingInstances } from "./living_instances.ts";
import type { Member } from "./members.ts";

const MEMBER: Member = {
  ...{ id: "there", version: "1.1.0", wire: 1, report: {} },
  ...{ draining: false, store: "ok" },
};

function room() {
  const clock = new FakeClock();
  const returns = new Set<() => void>();
  const bus = {
    isAway: false,
    onReturn(run: () => void) {
      returns.add(run);
      return { [Symbol.dispose]: () => void returns.delete(run) };
    },
  };
  const members = new Map<string, Member>();
  const rows = new Set<string>();
  const state = { isStoreOk: true };
  const living = new LivingInstances({
    ...{ own: "own", bus, members, clock },
    rows: { isAlive: (id) => Promise.resolve(rows.has(id)) },
    isStoreOk: () => state.isStoreOk,
  });
  const comeBack = () => {
    bus.isAway = false;
    for (const run of returns) run();
  };
  return { clock, bus, members, rows, state, living, comeBack, returns };
}

Deno.test("[MEMBER7] an instance that is not a member after 2 s has ended, whatever its row says", async () => {
  const { clock, rows, living } = room();
  rows.add("killed");

  const early = await living.isDead("killed");
  const unknown = await living.isDead("unknown");
  clock.advance(2_000);

  deepEqual([early, unknown], [false, true]);
  equal(await living.isDead("killed"), true);
  equal(await living.isDead("own"), false);
});

Deno.test("[MEMBER7] while the bus is away and for 2 s after it, the row counts", async () => {
  const { clock, rows, bus, living, comeBack } = room();
  clock.advance(2_000);
  rows.add("there");

  bus.isAway = true;
  const away = [await living.isDead("there"), await living.isDead("killed")];
  comeBack();
  clock.advance(1_999);
  const back = [await living.isDead("there"), await living.isDead("killed")];

  deepEqual([away, back], [[false, true], [false, true]]);
});

Deno.test("[MEMBER7] a member without the store has ended for those that have it", async () => {
  const { state, members, living } = room();
  members.set("there", MEMBER);
  const before = await living.isDead("there");
  members.set("there", { ...MEMBER, store: "away" });
  const after = await living.isDead("there");
  state.isStoreOk = false;

  deepEqual([before, after], [false, true]);
  equal(await living.isDead("there"), false);
});

Deno.test("[MEMBER7] nothing listens to the bus after the end", () => {
  const { living, returns } = room();

  living[Symbol.dispose]();

  equal(returns.size, 0);
});
