import { deepEqual, equal } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { Store } from "@/lib/store/open.ts";
import type { FakeClock } from "@/tests/support/fake_clock.ts";
import { Heard } from "@/tests/support/heard.ts";
import {
  eachEngine,
  SHARED_ENGINES,
  storesOn,
} from "@/tests/support/store_engines.ts";
import { Housekeeping } from "./housekeeping.ts";
import { People } from "./people.ts";
import { Sessions } from "./sessions.ts";
import { Setup } from "./setup.ts";

// Two instances of the service on one store.

function setupOf({ accounts, settings, ...store }: Store, clock: FakeClock) {
  const hub = new Hub<Topics>();
  const sessions = new Sessions({ sessions: store.sessions, accounts, hub });
  const people = new People({ accounts, sessions, hub });
  const examples = { adopt: () => Promise.resolve() };
  return new Setup({ settings, people, examples, clock });
}

eachEngine(
  "the setup link of each instance works at the other, and one of them once",
  async (engine) => {
    await using both = await storesOn(engine);
    const { stores, clock } = both;
    const [first, second] = [
      setupOf(stores[0], clock),
      setupOf(stores[1], clock),
    ];
    const person = { displayName: "Ada", password: "correct horse" };

    const [one = "", two = ""] = await Promise.all([
      first.newToken(),
      second.newToken(),
    ]);
    const open = [await second.isOpen(one), await first.isOpen(two)];
    const made = await Promise.all([
      second.use(one, { ...person, name: "ada" }),
      first.use(two, { ...person, name: "ben" }),
    ]);
    const after = [await second.isOpen(one), await first.isOpen(two)];

    deepEqual([open, after], [[true, true], [false, false]]);
    deepEqual(made.map(({ ok }) => ok).sort(), [false, true]);
    equal(await second.newToken(), undefined);
  },
  SHARED_ENGINES,
);

eachEngine(
  "of two instances, one at a time does the housekeeping",
  async (engine) => {
    await using both = await storesOn(engine);
    const { stores, clock } = both;
    const rounds = new Heard<boolean>();
    const swept = Promise.withResolvers<number>();
    const keep = ({ tasks, ...store }: Store) =>
      new Housekeeping({
        pictures: { sweep: () => swept.promise },
        store: {
          ...store,
          tasks: {
            async run(task, run) {
              const hasRun = await tasks.run(task, run);
              rounds.tell(hasRun);
              return hasRun;
            },
          },
        },
        ...{ recordDays: 30, messageDays: 30, statisticsDays: 30, clock },
      });
    using _first = keep(stores[0]);
    using _second = keep(stores[1]);

    clock.advance(60_000);
    await rounds.count(1);
    deepEqual(rounds.all, [false]); // The other one is still at it.
    swept.resolve(0);
    await rounds.count(2);

    deepEqual(rounds.all, [false, true]);
  },
  SHARED_ENGINES,
);
