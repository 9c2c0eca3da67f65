import { deepEqual, equal, throws } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  Machine,
  type MachineParts,
  type TimeEvent,
  type Transition,
} from "./machine.ts";

type Event = { type: "set"; dueAt?: number } | { type: "say"; words: string[] };

interface State {
  said: readonly string[];
  dueAt?: number | undefined;
}

/** Collects words, each with its time, and is due when an event says so. */
function step(
  { said, dueAt }: State,
  event: Event | TimeEvent,
  now: number,
): Transition<State, string> {
  switch (event.type) {
    case "set":
      return { state: { said, dueAt: event.dueAt }, effects: [] };
    case "say": {
      const { words } = event;
      return { state: { said: [...said, ...words], dueAt }, effects: words };
    }
    case "time":
      return { state: { said: [...said, `time ${now}`] }, effects: [] };
  }
}

function run(parts: Partial<MachineParts<State, Event, string>> = {}) {
  const clock = new FakeClock(0);
  const performed: string[] = [];
  const machine = new Machine<State, Event, string>({
    initial: { said: [] },
    step,
    perform: (effect) => performed.push(effect),
    dueAt: ({ dueAt }) => dueAt,
    clock,
    ...parts,
  });
  const set = (dueAt?: number) =>
    machine.dispatch({ type: "set", ...(dueAt !== undefined && { dueAt }) });
  const say = (...words: string[]) => machine.dispatch({ type: "say", words });
  return { clock, machine, performed, set, say };
}

Deno.test("Machine.dispatch() changes the state, then performs the effects in order", () => {
  const seen: unknown[] = [];
  const { machine, say } = run({
    onChange: ({ said }, before) => seen.push([before.said, said]),
    perform: (effect) => seen.push([effect, machine.state.said]),
  });

  say("a", "b");

  const after = ["a", "b"];
  deepEqual(seen, [[[], after], ["a", after], ["b", after]]);
});

Deno.test("Machine.dispatch() queues an event that an effect causes", () => {
  const performed: string[] = [];
  const { machine, say } = run({
    perform: (effect) => {
      performed.push(`${effect} in ${machine.state.said.length}`);
      if (effect === "a") say("c");
    },
  });

  say("a", "b");

  deepEqual(performed, ["a in 2", "b in 2", "c in 3"]);
});

Deno.test("Machine calls onChange only for a changed state, and queues its events", () => {
  const lengths: number[] = [];
  const same = { said: [] };
  const { machine, performed, say } = run({
    initial: same,
    step: (state, event, now) =>
      event.type === "set"
        ? { state, effects: ["set"] }
        : step(state, event, now),
    onChange: ({ said }) => {
      lengths.push(said.length);
      if (said.length === 1) say("b");
    },
  });

  machine.dispatch({ type: "set" });
  equal(machine.state, same);
  say("a");

  deepEqual([lengths, performed], [[1, 2], ["set", "a", "b"]]);
});

Deno.test("Machine runs on after an effect has thrown", () => {
  const performed: string[] = [];
  const { say } = run({
    perform: (effect) => {
      if (effect === "bad") throw new Error("Cannot do this");
      performed.push(effect);
    },
  });

  throws(() => say("bad", "lost"), /Cannot do this/);
  say("good");

  deepEqual(performed, ["good"]);
});

Deno.test("Machine dispatches `time` once, when its state is due", () => {
  const { clock, machine, set } = run();

  set(1_000);
  set(500);
  set(2_000);
  set(2_000);
  equal(clock.pending, 1);
  clock.advance(10_000);

  deepEqual([machine.state.said, clock.pending], [["time 2000"], 0]);
});

Deno.test("Machine sets the timer of its initial state", () => {
  const { clock, machine } = run({ initial: { said: [], dueAt: 300 } });

  clock.advance(300);

  deepEqual(machine.state.said, ["time 300"]);
});

Deno.test("Machine has no timer while its state is never due", () => {
  const { clock, machine, set } = run();

  set(1_000);
  set();
  equal(clock.pending, 0);
  clock.advance(10_000);

  deepEqual(machine.state.said, []);
});

Deno.test("Machine can be due again at the same time, and at a time that is past", () => {
  const { clock, machine, set } = run();

  set(1_000);
  clock.advance(1_000);
  set(1_000);
  clock.advance(0);
  set(500);
  clock.advance(0);

  deepEqual(machine.state.said, ["time 1000", "time 1000", "time 1000"]);
});

Deno.test("Machine sets its timer again if the host's timer was early", () => {
  const early = [1];
  const clock = new FakeClock(0);
  const { machine, set } = run({
    step: (state, event, now) =>
      event.type === "time" && now < (state.dueAt ?? 0)
        ? { state, effects: [] }
        : step(state, event, now),
    clock: {
      now: () => clock.now(),
      after: (ms, run) => clock.after(ms - (early.pop() ?? 0), run),
    },
  });

  set(1_000);
  clock.advance(2_000);

  deepEqual(machine.state.said, ["time 1000"]);
});

Deno.test("Machine that is disposed of has no timer, and ignores events", () => {
  const { clock, machine, performed, set, say } = run();

  set(1_000);
  machine[Symbol.dispose]();
  say("a");
  set(2_000);
  clock.advance(10_000);

  deepEqual([machine.state.said, performed, clock.pending], [[], [], 0]);
});

Deno.test("Machine that is disposed of by an effect drops the waiting events", () => {
  const performed: string[] = [];
  const { machine, say } = run({
    perform: (effect) => {
      performed.push(effect);
      if (effect !== "a") return;
      say("c");
      machine[Symbol.dispose]();
    },
  });

  say("a", "b");

  deepEqual(performed, ["a", "b"]);
});
