import { deepEqual, equal, ok } from "node:assert/strict";
import * as v from "valibot";
import { Pbx } from "@/lib/admin/pbx.ts";
import { Cluster } from "@/lib/cluster/cluster.ts";
import { Questions, type Respond } from "@/lib/cluster/questions.ts";
import { acceptBy } from "@/lib/cluster/served.ts";
import { AppPassword } from "@/lib/pbx/password/app_password.ts";
import { SecretBox } from "@/lib/pbx/password/secret_box.ts";
import { newBank, PASSWORD } from "@/tests/support/simulated_pbx/service.ts";
import { chance } from "@/tests/support/chance.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { LossyBus, MemoryBus } from "@/tests/support/memory_bus.ts";
import { turns } from "@/tests/support/simulated_pbx/in_memory.ts";
import { SimulatedPbx } from "@/tests/support/simulated_pbx/simulated_pbx.ts";
import { memoryWire } from "@/tests/support/simulated_pbx/wire.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { joinPbxs, reportedLinks } from "./other_pbxs.ts";

/** Instances of one service, each with its PBXs. */
async function service() {
  const clock = new FakeClock();
  const common = new MemoryBus(clock);
  const store = await memoryStore();
  const box = await SecretBox.withText("key");
  const password = new AppPassword(box, store.settings, PASSWORD);
  const closing = new DisposableStack();
  closing.use(store);
  function join(own: string) {
    let bad = 0;
    const onBadMessage = () => void bad++;
    const bus = new LossyBus(common, { luck: chance(1), clock });
    const bank = newBank(clock);
    const pbx = closing.use(
      new Pbx(bank, password, { path: "/widgets", origins: [] }),
    );
    const cluster: Cluster = new Cluster({
      ...{ bus, own, version: "1.1.0", clock },
      counters: { count: () => {} },
      isStoreOk: () => true,
      report: () => ({ links: reportedLinks(pbx) }),
      accept: (pipe) => acceptBy(questions.openers, onBadMessage)(pipe),
    });
    const { pipes, members } = cluster;
    members.announce();
    const questions = new Questions({ pipes, members, clock, onBadMessage });
    joinPbxs({ own, members, questions, pbx, onBadMessage });
    const connect = async (name: string) => {
      const wire = memoryWire((socket, peer) => bank.accept(socket, peer));
      const simulated = new SimulatedPbx(wire, { pbx: name });
      await simulated.connect();
      await turns();
      return simulated;
    };
    return { bus, pbx, cluster, connect, bad: () => bad };
  }
  /** Lets time pass until the promise has settled. */
  async function settled<T>(promise: Promise<T>): Promise<T> {
    let isDone = false;
    promise.finally(() => isDone = true);
    for (let ms = 0; !isDone && ms < 10_000; ms += 10) {
      clock.advance(10);
      await turns();
    }
    return await promise;
  }
  return { clock, join, settled, [Symbol.dispose]: () => closing.dispose() };
}

Deno.test("each instance shows the PBXs of all, with the instance that has the link", async () => {
  using all = await service();
  const [a, b] = [all.join("a1"), all.join("b2")];
  const view = () => all.settled(a.pbx.view("https://chat.example.com"));
  all.clock.advance(1_000);
  equal(a.pbx.isLinked(), false);

  await b.connect("master");
  await a.connect("branch");
  all.clock.advance(1_000);
  b.pbx.bank.refusals.add("login", "192.0.2.7");
  all.clock.advance(1_000);
  a.pbx.bank.refusals.add("login", "192.0.2.7");
  const { links, refusals, silent, waiting } = await view();

  deepEqual(links.map(({ key, instance }) => [key.split("/")[1], instance]), [
    ["branch", "a1"],
    ["master", "b2"],
  ]);
  deepEqual(
    refusals.map(({ address, count }) => [address, count]),
    [["192.0.2.7", 2]],
  );
  deepEqual([silent, waiting], [0, 0]);
  for (const { pbx } of [a, b]) {
    deepEqual(pbx.appObjects(), ["widgets"]);
    equal(pbx.isLinked(), true);
    equal(pbx.framers().length, 2);
  }
  // The servers of any PBX are better than none.
  ok(a.pbx.ice()?.stun);
  b.cluster[Symbol.dispose]();
  deepEqual((await view()).links.map(({ instance }) => instance), ["a1"]);
  deepEqual([a.bad(), b.bad()], [0, 0]);
});

Deno.test("an instance that does not answer is counted, and the page is there after 2 s", async () => {
  using all = await service();
  const [a, b] = [all.join("a1"), all.join("b2")];
  all.clock.advance(1_000);
  await b.connect("master");

  b.bus.isCut = true;
  const before = all.clock.now();
  const { links, silent } = await all.settled(a.pbx.view(""));

  deepEqual([links, silent], [[], 1]);
  ok(all.clock.now() - before <= 2_010);
});

Deno.test("the trace has the messages of all instances by time, and continues at any of them", async () => {
  using all = await service();
  const [a, b] = [all.join("a1"), all.join("b2")];
  all.clock.advance(1_000);
  await b.connect("master");
  all.clock.advance(10);
  await a.connect("branch");
  const note = (at: typeof a, text: string) => {
    all.clock.advance(5);
    const time = all.clock.wall();
    const entry = { link: "x", mt: "", api: "", direction: "note" } as const;
    at.pbx.bank.trace.add({ ...entry, time, text });
  };
  const read = (at: typeof a, after: string, text = "") =>
    all.settled(at.pbx.trace({ text, after }));

  const first = await read(a, "");
  note(b, "one");
  note(a, "two");
  note(b, "three");
  const second = await read(b, first.after);
  const third = await read(a, second.after);
  const filtered = await read(a, "", "THREE");

  const mixed = first.entries.map(({ instance }) => instance);
  equal(new Set(mixed).size, 2);
  deepEqual(
    second.entries.map(({ instance, text }) => [instance, text]),
    [["b2", "one"], ["a1", "two"], ["b2", "three"]],
  );
  deepEqual([third.entries, third.after], [[], second.after]);
  deepEqual(filtered.entries.map(({ text }) => text), ["three"]);
});

Deno.test("an answer with a trace has 25 messages in each part, and an invalid question is counted", async () => {
  using store = await memoryStore();
  const bank = newBank(new FakeClock());
  const box = await SecretBox.withText("key");
  const password = new AppPassword(box, store.settings, PASSWORD);
  using pbx = new Pbx(bank, password, { path: "/widgets", origins: [] });
  const known = new Map<string, Respond>();
  let bad = 0;
  joinPbxs({
    own: "a1",
    members: { all: () => [] },
    questions: {
      answer: (name, respond) => void known.set(name, respond),
      ask: () => Promise.resolve({ parts: new Map(), silent: [] }),
      askOne: () => Promise.resolve(undefined),
    },
    ...{ pbx, onBadMessage: () => void bad++ },
  });
  const entry = { link: "x", mt: "", api: "", direction: "in" } as const;
  for (let n = 0; n < 60; n++) bank.trace.add({ ...entry, time: n, text: "a" });
  const partsOf = (body: unknown) =>
    [...known.get("pbx-trace")?.(body) ?? []]
      .map((part) => v.parse(v.array(v.unknown()), part).length);

  const parts = partsOf({ text: "", after: 0 });
  const longest = partsOf({ text: "x".repeat(200), after: 0 });
  const valid = bad;
  const wrong = [{ text: "x".repeat(201), after: 0 }, { text: "" }, null];

  deepEqual([parts, longest, valid], [[25, 25, 10], [], 0]);
  deepEqual(wrong.map(partsOf), [[], [], []]);
  equal(bad, 3);
});

Deno.test("a full trace of another instance fits in its messages", async () => {
  using all = await service();
  const [a, b] = [all.join("a1"), all.join("b2")];
  all.clock.advance(1_000);
  const entry = { link: "x", mt: "", api: "", direction: "in" } as const;
  for (let n = 0; n < 1_000; n++) {
    b.pbx.bank.trace.add({ ...entry, time: n, text: '"漢'.repeat(2_000) });
  }

  const { entries } = await all.settled(a.pbx.trace({ text: "", after: "" }));

  equal(entries.length, 1_000);
});
