import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { TeamQueues } from "./team_queues.ts";

const TEAM = "w/team-1";

/** Two instances whose reports reach each other unless the test cuts them. */
function instances() {
  const clock = new FakeClock();
  const bus = { isCut: false };
  const queues: TeamQueues[] = ["one", "two"].map((own) =>
    new TeamQueues({
      ...{ clock, own },
      report: (report) => {
        if (!bus.isCut) { for (const other of queues) other.hear(report); }
      },
    })
  );
  const shown = new Map<string, number[]>();
  const turns: string[] = [];
  const join = (queue: TeamQueues, id: string, since: number) =>
    queue.join(TEAM, {
      ...{ id, since },
      moved: (position) => shown.set(id, [...shown.get(id) ?? [], position]),
      turn: () => turns.push(id),
    });
  const [one, two] = queues;
  if (one === undefined || two === undefined) throw new Error("no instances");
  return { clock, bus, one, two, shown, turns, join };
}

Deno.test("[R10] contacts at several instances are in one order, and only the first one has its turn", () => {
  const { clock, one, two, shown, turns, join } = instances();
  using _one = one;
  using _two = two;
  join(two, "b", 2);
  join(one, "c", 3);
  const first = join(one, "a", 1);
  clock.advance(500);
  deepEqual(Object.fromEntries(shown), { a: [1], b: [2], c: [3] });
  one.poke(TEAM);
  two.poke(TEAM);
  deepEqual(new Set(turns), new Set(["a"]));

  first[Symbol.dispose]();
  clock.advance(500);

  deepEqual(Object.fromEntries(shown), { a: [1], b: [2, 1], c: [3, 2] });
  equal(turns.at(-1), "b");
});

Deno.test("[R10] contacts of an instance that is silent for 15 s no longer count, and no position increases when it is back", () => {
  const { clock, bus, one, two, shown, join } = instances();
  using _one = one;
  using _two = two;
  join(two, "a", 1);
  join(one, "b", 2);
  clock.advance(500);
  bus.isCut = true;

  clock.advance(20_000);
  bus.isCut = false;
  clock.advance(10_000);

  deepEqual(Object.fromEntries(shown), { a: [1], b: [2, 1] });
  equal(one.size(TEAM), 2);
});

Deno.test("[R10] a contact that two instances report for a moment has one place, and its turn", () => {
  const { clock, one, two, shown, turns, join } = instances();
  using _one = one;
  using _two = two;
  join(one, "a", 1);
  join(two, "a", 1);
  join(two, "b", 2);

  clock.advance(500);

  deepEqual(shown.get("b"), [2]);
  deepEqual(new Set(shown.get("a")), new Set([1]));
  deepEqual(new Set(turns), new Set(["a"]));
});

Deno.test("[R10] a queue without contacts keeps nothing", () => {
  const { clock, one, two, join } = instances();
  using _two = two;
  join(one, "a", 1)[Symbol.dispose]();
  clock.advance(30_000);
  equal(one.size(TEAM), 0);

  one[Symbol.dispose]();
  two[Symbol.dispose]();

  equal(clock.pending, 0);
});
