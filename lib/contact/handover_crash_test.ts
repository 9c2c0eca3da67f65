import { deepEqual, equal } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import { asyncProperty, type Chance } from "@/tests/support/chance.ts";
import {
  CrashingService,
  emit,
  end,
  turn,
} from "@/tests/support/crashing_service.ts";

Deno.test("[CHAT31] over any order of offers, answers and kills, exactly one agent has a running chat", async () => {
  await asyncProperty(1_000, live);
});

async function live(luck: Chance): Promise<void> {
  const service = new CrashingService();
  await service.store();
  for (const leg of service.desks.legs.values()) emit(leg, "joined");
  await service.store();
  for (let n = 0; n < 25; n++) {
    await act(service, luck);
    await turn();
    if (luck.below(3) > 0) await service.store();
    if (!service.isStored) continue;
    const open = [...service.desks.legs.values()]
      .filter(({ state }) => state !== "over");
    const holders = open.filter(({ state }) => state === "joined");
    equal(service.ended, 0);
    equal(holders.length, 1);
    equal(open.length - holders.length <= 1, true);
  }
  await service.store();
  service.contacts.close();
  await service.store();
  deepEqual(
    [...service.desks.legs.values()].filter(({ state }) => state !== "over"),
    [],
  );
}

async function act(service: CrashingService, luck: Chance): Promise<void> {
  const legs = [...service.desks.legs.values()];
  const holder = legs.find(({ state }) => state === "joined");
  const asked = legs.find(({ state }) => state === "ringing");
  switch (luck.below(8)) {
    case 0:
    case 1:
    case 2: {
      const to = luck.pick(["bob", "carol", "otto"]);
      return holder?.tell({ type: "hand-over", to, name: "", note: "" });
    }
    case 3:
    case 4:
      return emit(asked, "joined");
    case 5:
      if (asked) end(asked, CAUSE.rejected);
      return;
    case 6:
      return holder?.tell({ type: "withdraw" });
    default:
      return await service.restart();
  }
}
