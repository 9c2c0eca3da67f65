import { deepEqual, ok } from "node:assert/strict";
import { chance } from "@/tests/support/chance.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { LossyBus, MemoryBus } from "@/tests/support/memory_bus.ts";
import { Cluster } from "./cluster.ts";
import { Questions } from "./questions.ts";
import { acceptBy } from "./served.ts";

/** Instances on one bus that loses a share of all messages. */
function service({ lost = 0.2 } = {}) {
  const clock = new FakeClock();
  const common = new MemoryBus(clock);
  const luck = chance();
  const join = (own: string) => {
    let bad = 0;
    const onBadMessage = () => void bad++;
    const faults = { luck, lost, twice: 0 };
    const cluster: Cluster = new Cluster({
      bus: new LossyBus(common, { ...faults, clock }),
      ...{ own, version: "1.1.0", clock },
      counters: { count: () => {} },
      isStoreOk: () => true,
      report: () => ({}),
      accept: (pipe) => acceptBy(questions.openers, onBadMessage)(pipe),
    });
    const { pipes, members } = cluster;
    members.announce();
    const questions = new Questions({ pipes, members, clock, onBadMessage });
    return { cluster, questions, bad: () => bad };
  };
  /** Lets time pass until the promise has settled. */
  async function settled<T>(promise: Promise<T>): Promise<T> {
    let isDone = false;
    promise.finally(() => isDone = true);
    for (let ms = 0; !isDone && ms < 10_000; ms += 10) {
      clock.advance(10);
      for (let n = 0; n < 20; n++) await Promise.resolve();
    }
    return await promise;
  }
  return { clock, join, settled, seed: luck.seed };
}

/** Three instances, of which two answer with 30 parts each. */
function answering(options?: { lost: number }) {
  const { clock, join, settled, seed } = service(options);
  const [a, b, c] = [join("a"), join("b"), join("c")];
  clock.advance(3_000);
  for (const [name, { questions }] of Object.entries({ a, b, c })) {
    questions.answer("numbers", function* (body) {
      for (let n = 1; n <= 30; n++) yield `${name} ${String(body)} ${n}`;
    });
  }
  const expected = (name: string) =>
    Array.from({ length: 30 }, (_, n) => `${name} no. ${n + 1}`);
  return { a, settled, seed, expected };
}

Deno.test("[ASK1] a question is answered by all other instances, in parts and in order", async () => {
  const { a, settled, expected } = answering({ lost: 0 });

  const { parts, silent } = await settled(a.questions.ask("numbers", "no."));

  deepEqual([...parts].sort(), [["b", expected("b")], ["c", expected("c")]]);
  deepEqual(silent, []);
});

Deno.test("[ASK1] while a fifth of all messages is lost, an answer is whole and in order, or its instance counts as silent", async () => {
  const { a, settled, seed, expected } = answering();
  let whole = 0;

  for (let n = 0; n < 20; n++) {
    const { parts, silent } = await settled(a.questions.ask("numbers", "no."));
    for (const [name, answer] of parts) {
      deepEqual(answer, expected(name), `CW_SEED=${seed}`);
      ok(!silent.includes(name), `CW_SEED=${seed}`);
      whole++;
    }
  }

  ok(whole >= 20, `${whole} of 40 answers are whole, CW_SEED=${seed}`);
});

Deno.test("[ASK2] an instance that does not know the question, or dies meanwhile, counts as silent after at most 2 s", async () => {
  const { clock, join, settled, seed } = service({ lost: 0 });
  const [a, b, c] = [join("a"), join("b"), join("c")];
  clock.advance(3_000);
  b.questions.answer("age", () => [1]);

  const some = await settled(a.questions.ask("age", undefined));
  b.questions.answer("age", () => {
    b.cluster[Symbol.dispose]();
    return [];
  });
  const before = clock.now();
  const none = await settled(a.questions.ask("age", undefined));
  const ms = clock.now() - before;

  deepEqual([...some.parts], [["b", [1]]], `CW_SEED=${seed}`);
  deepEqual(some.silent, ["c"]);
  deepEqual([[...none.parts], none.silent.length > 0], [[], true]);
  deepEqual(ms <= 2_010, true, `${ms} ms, CW_SEED=${seed}`);
  deepEqual([a.bad(), b.bad(), c.bad()], [0, 0, 0]);
});
