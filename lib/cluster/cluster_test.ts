import { deepEqual, equal } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import { type AuditEntry, PROGRAM } from "@/lib/model/audit.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { chance } from "@/tests/support/chance.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { LossyBus, MemoryBus } from "@/tests/support/memory_bus.ts";
import { RecordedEnd } from "@/tests/support/piped.ts";
import { Cluster } from "./cluster.ts";

/** Instances on one bus; `join` adds one. */
function service() {
  const clock = new FakeClock();
  const common = new MemoryBus(clock);
  function join(own: string) {
    const bus = new LossyBus(common, { luck: chance(1), clock });
    const counted: string[] = [];
    const accepted: RecordedEnd[] = [];
    const cluster = new Cluster({
      ...{ bus, own, version: "1.1.0", clock },
      counters: { count: (name) => counted.push(name) },
      isStoreOk: () => true,
      report: () => ({ pbx: [own] }),
      accept(pipe) {
        const end = Object.assign(new RecordedEnd(), { pipe });
        accepted.push(end);
        return end;
      },
    });
    cluster.members.announce();
    return { bus, cluster, counted, accepted };
  }
  return { clock, common, join };
}

/** Lets the promises of the current turn settle. */
async function settle(): Promise<void> {
  for (let n = 0; n < 20; n++) await Promise.resolve();
}

Deno.test("[MEMBER2] the pipes to an instance that was killed break 0.5 s after the next message", async () => {
  const { clock, join } = service();
  const [a, b] = [join("a"), join("b")];
  const end = new RecordedEnd();
  clock.advance(1_000);
  const pipe = a.cluster.pipes.open("b", end);
  pipe.send("hello");
  clock.advance(100);
  deepEqual(b.accepted[0]?.messages, ["hello"]);

  b.bus.isCut = true; // So that it cannot say goodbye.
  b.cluster[Symbol.dispose]();
  pipe.send("are you there?");
  for (let ms = 0; ms < 450; ms += 10) {
    clock.advance(10);
    await settle();
  }

  equal(end.breaks, 1);
  deepEqual(a.cluster.members.all(), []);
  deepEqual(a.counted, ["cluster_resent_frames", "cluster_resent_frames"]);
});

Deno.test("[PIPE6] an instance whose pipes were broken while it had no bus learns it as soon as the bus is back, or a second later", () => {
  for (const isLate of [false, true]) {
    const { clock, join } = service();
    const [a, b] = [join("a"), join("b")];
    const end = new RecordedEnd();
    clock.advance(1_000);
    a.cluster.pipes.open("b", end).send("hello");
    clock.advance(100);

    a.bus.isCut = true;
    clock.advance(3_000);
    equal(b.accepted[0]?.breaks, 1);
    b.bus.isCut = isLate;
    a.bus.heal();
    clock.advance(500);
    b.bus.isCut = false;
    clock.advance(isLate ? 600 : 0);

    equal(end.breaks, 1);
  }
});

Deno.test("[PIPE6] an instance that another one took for dead, and that noticed no break of the bus, learns it as soon as the other one gets its report", async () => {
  const { clock, join } = service();
  const [a, b] = [join("a"), join("b")];
  const end = new RecordedEnd();
  clock.advance(1_000);
  const pipe = a.cluster.pipes.open("b", end);
  pipe.send("hello");
  clock.advance(100);

  b.bus.isCut = true; // The servers of the bus have lost each other.
  a.bus.reaches = () => Promise.resolve(false);
  pipe.send("are you there?");
  for (let ms = 0; ms < 500; ms += 10) {
    clock.advance(10);
    await settle();
  }
  deepEqual([end.breaks, b.accepted[0]?.breaks], [1, 0]);
  b.bus.isCut = false;
  clock.advance(510);

  deepEqual([b.accepted[0]?.breaks, b.cluster.pipes.size], [1, 0]);
});

Deno.test("[MEMBER3] an instance that reconnects to the bus later than another one keeps its pipes", async () => {
  const { clock, join } = service();
  const [a, b] = [join("a"), join("b")];
  const end = new RecordedEnd();
  clock.advance(1_000);
  const pipe = a.cluster.pipes.open("b", end);
  pipe.send("hello");
  clock.advance(100);

  for (const { bus } of [a, b]) bus.isCut = true;
  clock.advance(900);
  a.bus.heal();
  a.bus.reaches = () => Promise.resolve(b.bus.isCut === false);
  pipe.send("are you there?");
  for (let ms = 0; ms < 1_500; ms += 10) {
    clock.advance(10);
    await settle();
  }
  b.bus.heal();
  clock.advance(1_000);

  deepEqual(b.accepted[0]?.messages, ["hello", "are you there?"]);
  equal(end.breaks, 0);
  equal(a.cluster.members.all().length, 1);
});

Deno.test("[PIPE6] an instance that says goodbye closes its pipes", () => {
  const { clock, join } = service();
  const [a, b] = [join("a"), join("b")];
  const end = new RecordedEnd();
  clock.advance(1);
  a.cluster.pipes.open("b", end).send("hello");
  clock.advance(1);

  b.cluster[Symbol.dispose]();
  clock.advance(1);

  deepEqual([end.breaks, a.cluster.pipes.size], [1, 0]);
});

Deno.test("[SHARE3] when the bus is back, changes that were missed appear immediately", async () => {
  const { clock, join } = service();
  const log: AuditEntry[] = [];
  const changes = () => Promise.resolve([...log].reverse());
  const [a, b] = [join("a"), join("b")];
  const hubs = [new Hub<Topics>(), new Hub<Topics>()] as const;
  await a.cluster.share(hubs[0], changes);
  await b.cluster.share(hubs[1], changes);
  const heard: string[] = [];
  hubs[1].on("widget-saved", ({ uuid }) => heard.push(uuid));

  b.bus.isCut = true;
  const change = { type: "widget-saved", uuid: "x", name: "", version: 1 };
  log.push({ id: "1", at: 1, by: PROGRAM, change } as AuditEntry);
  hubs[0].tell("widget-saved", { uuid: "x" });
  clock.advance(1_000);
  await settle();
  deepEqual(heard, []);
  b.bus.heal();
  await settle();

  deepEqual(heard, ["x"]);
});

Deno.test("[PIPE7] bad frames of all kinds are counted together", async () => {
  const { clock, common, join } = service();
  const { cluster, counted } = join("a");
  await cluster.share(new Hub<Topics>(), () => Promise.resolve([]));

  for (const subject of ["here", "bye", "hub", "i.a", "i.a.ask"]) {
    common.tell(`cw.${subject}`, { from: 7 });
  }
  clock.advance(1);

  deepEqual(counted, Array.from({ length: 5 }, () => "cluster_bad_frames"));
});
