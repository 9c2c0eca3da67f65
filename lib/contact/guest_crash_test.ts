import { deepEqual, equal } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import { asyncProperty, type Chance } from "@/tests/support/chance.ts";
import {
  CrashingService,
  emit,
  end,
  turn,
} from "@/tests/support/crashing_service.ts";

Deno.test("[CHAT37] both agents of a chat continue after a crash", async () => {
  const service = await together();

  await service.restart();
  await service.restart();

  deepEqual(statesOf(service), [["otto", "joined"], ["bob", "joined"]]);
  const legs = () => [...service.desks.legs.values()];
  deepEqual(legs().map(({ others }) => others), [["bob"], ["Otto"]]);
  const [otto] = legs();
  if (otto) end(otto, CAUSE.normal);
  await service.store();
  await service.restart();
  deepEqual(statesOf(service), [["otto", "over"], ["bob", "joined"]]);
  equal(service.ended, 0);
  const bob = legs().at(-1);
  if (bob) end(bob, CAUSE.normal);
  await service.store();
  equal(service.ended, 1);
});

Deno.test("[CHAT37] over any order of invitations, answers, departures and kills, one or two agents have a running chat", async () => {
  await asyncProperty(500, live);
});

async function together(): Promise<CrashingService> {
  const service = new CrashingService();
  await service.store();
  for (const leg of service.desks.legs.values()) emit(leg, "joined");
  await service.store();
  const [otto] = service.desks.legs.values();
  otto?.tell({ type: "invite", to: "bob", name: "Otto", note: "" });
  await service.store();
  emit([...service.desks.legs.values()].at(-1), "joined");
  await service.store();
  return service;
}

function statesOf({ desks }: CrashingService): [string, string][] {
  return [...desks.legs.values()].map(({ address, state }) => [address, state]);
}

async function live(luck: Chance): Promise<void> {
  const service = await together();
  for (let n = 0; n < 25; n++) {
    await act(service, luck);
    await turn();
    if (luck.below(3) > 0) await service.store();
    if (!service.isStored) continue;
    const open = [...service.desks.legs.values()]
      .filter(({ state }) => state !== "over");
    const joined = open.filter(({ state }) => state === "joined").length;
    equal(service.ended, 0);
    equal(joined === 1 || joined === 2, true);
    equal(open.length <= 2, true);
  }
  await service.store();
  service.contacts.close();
  await service.store();
  equal(statesOf(service).every(([, state]) => state === "over"), true);
}

async function act(service: CrashingService, luck: Chance): Promise<void> {
  const legs = [...service.desks.legs.values()];
  const joined = legs.filter(({ state }) => state === "joined");
  const asked = legs.find(({ state }) => state === "ringing");
  const [one, other] = joined;
  switch (luck.below(8)) {
    case 0:
    case 1: {
      const to = luck.pick(["bob", "carol", "otto"]);
      return one?.tell({ type: "invite", to, name: "", note: "" });
    }
    case 2:
    case 3:
      return emit(asked, "joined");
    case 4:
      if (asked) end(asked, CAUSE.rejected);
      return;
    case 5:
      if (!one || !other || !service.isStored) return;
      return end(luck.pick([one, other]), CAUSE.normal);
    default:
      return await service.restart();
  }
}
