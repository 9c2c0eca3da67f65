import { chance } from "../support/chance.ts";
import { act } from "../support/model/actions.ts";
import { check, checkCalling } from "../support/model/checks.ts";
import {
  type FakeBrowser,
  installBrowser,
} from "../support/model/fake_browser.ts";
import { World } from "../support/model/world.ts";

/** `deno task model` runs many more. */
const RUNS = Number(Deno.env.get("CW_MODEL_RUNS") ?? 200);
const STEPS = 150;

Deno.test(
  "the widget, the service and the desk agree after any sequence of events",
  {
    sanitizeOps: false, // The port between two steps keeps listening.
  },
  async () => {
    const first = chance().seed;
    for (let run = 0; run < RUNS; run++) {
      const seed = (first + run) >>> 0;
      try {
        await live(seed);
      } catch (error) {
        throw new Error(`failed with CW_SEED=${seed}`, { cause: error });
      }
    }
  },
);

async function live(seed: number): Promise<void> {
  const dice = chance(seed);
  const world = new World(dice);
  const current = (): FakeBrowser => world.visitor.browser;
  using _browser = installBrowser(current);
  await world.start();
  const steps = 20 + dice.below(STEPS);
  for (let step = 0; step < steps; step++) await act(world, dice);
  await world.recover();
  checkCalling(world);
  await world.pass(600_000, 5_000);
  check(world);
}
