import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import { type AuditEntry, type Change, PROGRAM } from "@/lib/model/audit.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { broken } from "@/tests/support/broken.ts";
import { type Chance, chance } from "@/tests/support/chance.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { LossyBus, MemoryBus } from "@/tests/support/memory_bus.ts";
import { SharedHub } from "./shared_hub.ts";

/** A store with an audit log, and instances that show its widgets. */
class Service {
  readonly clock = new FakeClock();
  readonly bus = new MemoryBus(this.clock);
  /** By uuid: the current version. */
  readonly widgets = new Map<string, number>();
  readonly log: AuditEntry[] = [];
  isBroken = false;
  #count = 0;

  /** Writes a change and its entry; `skewMs` is the error of the writer's clock. */
  commit(change: Change, skewMs = 0): void {
    const id = String(++this.#count);
    const at = this.clock.wall() + skewMs;
    this.log.push({ id, at, by: PROGRAM, change });
    this.log.sort((a, b) => a.at - b.at);
  }

  newest(limit: number): Promise<AuditEntry[]> {
    if (this.isBroken) return Promise.reject(new Error("The store is away"));
    return Promise.resolve(this.log.slice(-limit).reverse());
  }

  async join(id: string, luck?: Chance): Promise<Instance> {
    const faults = luck ? { luck, lost: 0.3, twice: 0 } : { luck: chance(1) };
    const bus = new LossyBus(this.bus, { ...faults, clock: this.clock });
    const hub = new Hub<Topics>();
    const instance = new Instance(this, { hub, bus });
    instance.shared = await SharedHub.open({
      ...{ hub, bus, own: id, clock: this.clock },
      changes: (limit) => this.newest(limit),
      isBusAway: () => instance.isAway,
      onBadFrame: () => instance.badFrames++,
    });
    return instance;
  }
}

/** An instance: reads a widget again when its hub says so. */
class Instance {
  shared!: SharedHub;
  isAway = false;
  badFrames = 0;
  /** By uuid: the displayed version. */
  readonly shown = new Map<string, number>();
  /** All events, as `topic id`. */
  readonly events: string[] = [];
  readonly bus: LossyBus;
  readonly hub: Hub<Topics>;
  readonly #service: Service;

  constructor(
    service: Service,
    { hub, bus }: { hub: Hub<Topics>; bus: LossyBus },
  ) {
    this.#service = service;
    this.bus = bus;
    this.hub = hub;
    const record = (text: string) => this.events.push(text);
    // Either event makes the product read the widget again.
    const show = (uuid: string) => {
      const version = service.widgets.get(uuid);
      if (version === undefined) this.shown.delete(uuid);
      else this.shown.set(uuid, version);
    };
    hub.on("widget-saved", ({ uuid }) => {
      record(`saved ${uuid}`);
      show(uuid);
    });
    hub.on("widget-deleted", ({ uuid }) => {
      record(`deleted ${uuid}`);
      show(uuid);
    });
    hub.on("account-changed", ({ id }) => record(`account ${id}`));
    hub.on("signed-out", ({ account }) => record(`signed out ${account}`));
    hub.on("tried", ({ limit, key }) => record(`tried ${limit} ${key}`));
  }

  /** Saves a widget here. */
  save(uuid: string, skewMs = 0): void {
    const { widgets } = this.#service;
    const version = (widgets.get(uuid) ?? 0) + 1;
    widgets.set(uuid, version);
    const change = { type: "widget-saved", uuid, name: "", version } as const;
    this.#service.commit(change, skewMs);
    this.hub.tell("widget-saved", { uuid });
  }

  delete(uuid: string): void {
    this.#service.widgets.delete(uuid);
    this.#service.commit({ type: "widget-deleted", uuid, name: "" });
    this.hub.tell("widget-deleted", { uuid });
  }
}

/** Lets the promises of the current turn settle. */
async function settle(): Promise<void> {
  for (let n = 0; n < 20; n++) await Promise.resolve();
}

Deno.test("[SHARE1] an event of one hub is an event of all hubs once, and not sent back", async () => {
  const service = new Service();
  const [a, b, c] = await Promise.all(
    ["a", "b", "c"].map((id) => service.join(id)),
  ) as [Instance, Instance, Instance];
  let messages = 0;
  service.bus.on("cw.hub", () => messages++);

  a.save("x");
  b.delete("x");
  c.hub.tell("account-changed", { id: "ada" });
  a.hub.tell("signed-out", { account: "ada" });
  b.hub.tell("tried", { limit: "contact", key: "::1", change: "count" });
  service.clock.advance(1);

  const all = [
    ...["saved x", "deleted x", "account ada", "signed out ada"],
    "tried contact ::1",
  ].sort();
  for (const { events } of [a, b, c]) deepEqual([...events].sort(), all);
  equal(messages, 5);
});

Deno.test("[SHARE2] while the bus loses nothing, the comparison with the audit log repeats no event", async () => {
  const service = new Service();
  const a = await service.join("a");
  const b = await service.join("b");

  for (let n = 0; n < 20; n++) {
    (n % 2 ? a : b).save(`widget ${n % 3}`, n % 2 ? -3_000 : 0);
    service.clock.advance(10_000);
    await settle();
  }
  service.clock.advance(120_000);
  await settle();

  deepEqual([a.events.length, b.events.length], [20, 20]);
});

Deno.test("[SHARE2] after lost events, all hubs are equal to the store within a minute", async () => {
  const { seed } = chance();
  for (let run = 0; run < 20; run++) {
    const luck = chance(seed + run);
    const service = new Service();
    const all = [await service.join("a", luck), await service.join("b", luck)];
    for (let step = 0; step < 60; step++) {
      const one = all[luck.below(2)]!;
      const uuid = luck.pick(["x", "y", "z"]);
      if (luck.below(5) > 0) one.save(uuid, luck.below(3_000));
      else if (service.widgets.has(uuid)) one.delete(uuid);
      service.clock.advance(luck.below(5_000));
      await settle();
    }
    service.clock.advance(65_000);
    await settle();

    const lost = all.reduce((sum, { bus }) => sum + bus.losses, 0);
    ok(lost > 0);
    for (const { shown } of all) {
      deepEqual(
        [...shown].sort(),
        [...service.widgets].sort(),
        `failed with CW_SEED=${seed + run}`,
      );
    }
  }
});

Deno.test("[SHARE2] a lost change of an account or a block is passed on, with the topic of its kind", async () => {
  const service = new Service();
  const [a, b] = [await service.join("a"), await service.join("b")];
  const person = { account: "ada", name: "Ada" };
  a.bus.isCut = true;

  service.commit({ type: "person-deleted", ...person });
  a.hub.tell("account-changed", { id: "ada" });
  const heard: string[] = [];
  b.hub.on("blocks-changed", ({ block }) => heard.push(block));
  service.commit({ type: "visitor-unblocked", block: "b1" });
  service.commit({ type: "pbx-password-saved" });
  service.clock.advance(65_000);
  await settle();

  deepEqual([a.events, b.events], [["account ada"], ["account ada"]]);
  deepEqual(heard, ["b1"]);
});

Deno.test("[SHARE2] a change is passed on once, also after an earlier one was lost", async () => {
  const service = new Service();
  const [a, b] = [await service.join("a"), await service.join("b")];
  a.bus.isCut = true;
  a.save("x");
  await b.shared.compare();
  a.bus.isCut = false;

  a.save("x");
  service.clock.advance(1);
  await b.shared.compare();

  deepEqual(b.events, ["saved x", "saved x"]);
});

Deno.test("[SHARE2] an event without a change hides no lost event", async () => {
  const service = new Service();
  const [a, b] = [await service.join("a"), await service.join("b")];
  a.hub.tell("widget-saved", { uuid: "x" });
  service.clock.advance(1);
  await b.shared.compare();
  a.bus.isCut = true;

  a.save("x");
  await b.shared.compare();

  deepEqual(b.events, ["saved x", "saved x"]);
  equal(b.shown.get("x"), 1);
});

Deno.test("[SHARE3] while the bus is away, changes appear within 5 s, and immediately when it is back", async () => {
  const service = new Service();
  const [a, b] = [await service.join("a"), await service.join("b")];
  for (const one of [a, b]) one.bus.isCut = one.isAway = true;

  a.save("x");
  service.clock.advance(5_000);
  await settle();
  deepEqual(b.events, ["saved x"]);
  a.save("x");
  b.isAway = b.bus.isCut = false;
  await b.shared.compare();

  deepEqual(b.events, ["saved x", "saved x"]);
  equal(b.shown.get("x"), 2);
});

Deno.test("[SHARE3] a comparison that the store refuses is repeated", async () => {
  const service = new Service();
  const [a, b] = [await service.join("a"), await service.join("b")];
  a.bus.isCut = true;
  a.save("x");

  service.isBroken = true;
  service.clock.advance(65_000);
  await settle();
  deepEqual(b.events, []);
  service.isBroken = false;
  service.clock.advance(2_000);
  await settle();

  deepEqual(b.events, ["saved x"]);
});

Deno.test("[SHARE3] an instance does not start while the store does not answer, and learns nothing of earlier changes", async () => {
  const service = new Service();
  const a = await service.join("a");
  a.save("x");
  service.clock.advance(1);
  service.isBroken = true;
  await rejects(service.join("b"), /The store is away/);

  service.isBroken = false;
  const b = await service.join("b");
  service.clock.advance(65_000);
  await settle();

  deepEqual(b.events, []);
});

Deno.test("[SHARE4] broken messages are dropped and counted", async () => {
  const luck = chance();
  const service = new Service();
  const a = await service.join("a");
  const good = { from: "b", topic: "widget-saved", event: { uuid: "x" } };

  for (let n = 0; n < 200; n++) {
    service.bus.tell("cw.hub", broken(good, luck) ?? null);
    service.bus.tell("cw.hub", luck.pick<unknown>([7, "", {}, { topic: "x" }]));
  }
  service.bus.tell("cw.hub", { ...good, since: 3 });
  service.clock.advance(1);

  ok(a.badFrames >= 200, `CW_SEED=${luck.seed}: ${a.badFrames}`);
  ok(a.events.includes("saved x"));
});
