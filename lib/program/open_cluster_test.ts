import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { Pbx } from "@/lib/admin/pbx.ts";
import type { PipeEvents } from "@/lib/cluster/pipes.ts";
import { Metrics } from "@/lib/metrics/metrics.ts";
import { AppPassword } from "@/lib/pbx/password/app_password.ts";
import { SecretBox } from "@/lib/pbx/password/secret_box.ts";
import { chance } from "@/tests/support/chance.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { FakeDesk } from "@/tests/support/fake_desk.ts";
import { openFaultyKv } from "@/tests/support/faulty_kv.ts";
import { LossyBus, MemoryBus } from "@/tests/support/memory_bus.ts";
import { turns } from "@/tests/support/simulated_pbx/in_memory.ts";
import { SimulatedPbx } from "@/tests/support/simulated_pbx/simulated_pbx.ts";
import { memoryWire } from "@/tests/support/simulated_pbx/wire.ts";
import { newBank, PASSWORD } from "@/tests/support/simulated_pbx/service.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { ProgramCluster } from "./open_cluster.ts";

const SILENT: PipeEvents = { message: () => {}, broken: () => {} };

/** Instances of one service. Each has its own access to the store, which can
 * fail. */
async function service() {
  const clock = new FakeClock();
  const common = new MemoryBus(clock);
  const box = await SecretBox.withText("key");
  const closing = new AsyncDisposableStack();
  async function join() {
    const { kv, be } = await openFaultyKv();
    const store = closing.use(await memoryStore(clock, kv));
    const counters = new Metrics(clock);
    const bus = new LossyBus(common, { luck: chance(1), clock });
    const cluster = await ProgramCluster.open({ store, clock, counters, bus });
    const bank = newBank(clock);
    const password = new AppPassword(box, store.settings, PASSWORD);
    const pbx = closing.use(
      new Pbx(bank, password, { path: "/widgets", origins: [] }),
    );
    const badFrames = async () => {
      const text = await counters.text();
      return Number(/^\w+cluster_bad_frames_total (\d+)$/m.exec(text)?.[1]);
    };
    const { instance: id } = store;
    return { ...{ cluster, store, kv, bus, be, pbx, bank, id, badFrames } };
  }
  /** Lets time pass, with all that happens in it. */
  const pass = async (ms: number) => {
    for (let at = 0; at < ms; at += 100) {
      clock.advance(100);
      await turns(2);
    }
  };
  const [a, b] = [await join(), await join()];
  for (const { cluster } of [a, b]) cluster.cluster.members.announce();
  await pass(1_000);
  return { ...{ a, b, clock, pass }, dispose: () => closing.disposeAsync() };
}

Deno.test("an instance knows which others can continue its contacts, and which have ended", async () => {
  const { a, b, clock, pass, dispose } = await service();
  const seen: [claimable: boolean, dead: boolean][] = [];
  const look = async () =>
    void seen.push([
      a.cluster.canBeClaimed(),
      await a.cluster.isDead(b.id),
    ]);

  await look();
  b.be("fails"); // Its store.
  await pass(4_000);
  await look();
  equal(b.cluster.isStoreOk, false);
  b.be("ok");
  await pass(4_000);
  await look();
  b.cluster.cluster.members.drain();
  await pass(1_000);
  await look();
  await b.cluster[Symbol.asyncDispose]();
  await pass(3_000);
  await look();

  deepEqual(seen, [
    [true, false],
    [false, true],
    [true, false],
    [false, false],
    [false, true],
  ]);
  equal(await a.cluster.isDead(a.id), false);
  equal(await b.store.instances.isAlive(b.id), false); // Its row is deleted.
  await a.cluster[Symbol.asyncDispose]();
  await dispose();
  await pass(100); // Its goodbye.
  equal(clock.pending, 0);
});

Deno.test("each instance learns what the others report, and a token names its instance", async () => {
  const { a, b, pass, dispose } = await service();
  let contacts: Record<string, number> = { "192.0.2.1": 2 };
  const others = b.cluster.otherInstances();

  const before = others.contacts();
  a.cluster.reports(() => ({ contacts }));
  a.cluster.reports(() => ({ pbx: ["master"] }));
  await pass(100);
  const first = others.contacts();
  contacts = { "192.0.2.1": 3 };
  a.cluster.otherInstances().changed();
  await pass(100);

  deepEqual([others.size, before], [1, [{}]]);
  deepEqual(first, [{ "192.0.2.1": 2 }]);
  deepEqual(others.contacts(), [{ "192.0.2.1": 3 }]);
  const member = b.cluster.cluster.members.get(a.id);
  deepEqual(member?.report.pbx, ["master"]);
  ok(a.cluster.newToken().startsWith(`${a.id}.`));
  ok(a.cluster.newToken() !== a.cluster.newToken());
  for (const { cluster } of [a, b]) await cluster[Symbol.asyncDispose]();
  await dispose();
});

Deno.test("an instance accepts the pipes that it serves, and closes others and those before its start", async () => {
  const { a, b, pass, dispose } = await service();
  const opened: unknown[] = [];
  const broken: string[] = [];
  const open = async (name: string) => {
    const pipe = a.cluster.cluster.pipes.open(b.id, {
      ...SILENT,
      broken: () => broken.push(name),
    });
    pipe.send({ open: name });
    await pass(1_000);
  };
  const opener = (_: unknown, opening: unknown) => {
    opened.push(opening);
    return SILENT;
  };

  await open("early");
  b.cluster.serve({ one: opener });
  b.cluster.serve({ two: opener });
  const early = await b.badFrames();
  for (const name of ["one", "two", "unknown"]) await open(name);

  deepEqual(opened, [{ open: "one" }, { open: "two" }]);
  deepEqual(broken, ["early", "unknown"]);
  deepEqual([early, await b.badFrames()], [0, 1]);
  for (const { cluster } of [a, b]) await cluster[Symbol.asyncDispose]();
  await dispose();
});

Deno.test("instances that have joined report their PBXs and agents, and answer for their PBXs", async () => {
  const { a, b, pass, dispose } = await service();
  const desks = [new FakeDesk(), new FakeDesk()];
  throws(
    () => a.cluster.home({} as Parameters<typeof a.cluster.home>[0]),
    /Call join\(\) first/,
  );
  for (const [n, { cluster, pbx, bank }] of [a, b].entries()) {
    cluster.joinPbxs(pbx);
    const desk = desks[n];
    ok(desk);
    cluster.join({ desk, pbx: bank });
  }
  desks[1]?.show("otto", "away");
  const wire = memoryWire((socket, peer) => b.bank.accept(socket, peer));
  await new SimulatedPbx(wire, { pbx: "master" }).connect();
  await turns();
  const [key = ""] = b.bank.links();
  b.cluster.linked(key);

  await pass(2_000);
  const asked = a.pbx.view("");
  await pass(3_000);
  const { links, silent } = await asked;

  deepEqual([links.map((link) => link.instance), silent], [[b.id], 0]);
  deepEqual(a.pbx.appObjects(), ["widgets"]);
  const report = a.cluster.cluster.members.get(b.id)?.report;
  deepEqual(report?.pbx, [key]);
  deepEqual(Object.values(report?.presences ?? {}), ["away"]);
  equal(await b.store.pbxClaims.homeOf(key), b.id);
  for (const { cluster } of [a, b]) await cluster[Symbol.asyncDispose]();
  equal(await b.store.pbxClaims.homeOf(key), undefined); // Released.
  await dispose();
});

Deno.test("[MEMBER8] an instance without its store sends its pages to one that has it", async () => {
  const { a, b, pass, dispose } = await service();
  let sent = 0;
  const pages = { sendPagesAway: () => void sent++ };
  using _resigning = b.cluster.resignIfCutOff(pages);

  await pass(10_000);
  const before = sent;
  b.be("fails");
  await pass(10_000);
  const during = sent;
  b.be("ok");
  await pass(5_000);
  const after = sent;
  await pass(5_000);

  deepEqual([before, during > 0, sent], [0, true, after]);
  for (const { cluster } of [a, b]) await cluster[Symbol.asyncDispose]();
  await dispose();
});
