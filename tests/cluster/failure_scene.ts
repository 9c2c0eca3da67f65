import { ok } from "node:assert/strict";
import {
  type Fleet,
  type Instance,
  type Servers,
  startFleet,
} from "../support/fleet.ts";
import { statusOf } from "../support/http_status.ts";
import { CrowdPage } from "../support/pbx_crowd.ts";
import { Talk } from "../support/talk.ts";
import { pass, SILENCE_MS } from "./faults.ts";

const LATE_MS = 20_000;

/** Two instances, A and B. Two visitors of A are in a chat: with an agent of B,
 * and with one of A. A page of B shows all agents. */
export class FailureScene implements AsyncDisposable {
  readonly fleet: Fleet;
  readonly #stack = new AsyncDisposableStack();
  readonly across: Talk;
  readonly within: Talk;
  readonly page: CrowdPage;

  private constructor(
    fleet: Fleet,
    { across, within, page }: { across: Talk; within: Talk; page: CrowdPage },
  ) {
    this.fleet = fleet;
    this.across = across;
    this.within = within;
    this.page = page;
    this.#stack.use(fleet);
    this.#stack.use(across);
    this.#stack.use(within);
    this.#stack.defer(() => page.drop());
  }

  static async open(servers: Servers): Promise<FailureScene> {
    const fleet = await startFleet({ ...servers, instances: 2, agents: 3 });
    const [a, b] = fleet.instances;
    if (a === undefined || b === undefined) throw new Error("No instances");
    const across = await Talk.begin(fleet, 0, { visitor: a, agent: b });
    const within = await Talk.begin(fleet, 1, { visitor: a, agent: a });
    const page = await CrowdPage.open(b.url, fleet.stage.widget, 0);
    const scene = new FailureScene(fleet, { across, within, page });
    await shows(page, "agent0", "online");
    await shows(page, "agent1", "online");
    return scene;
  }

  get a(): Instance {
    return this.fleet.instances[0] as Instance;
  }

  get b(): Instance {
    return this.fleet.instances[1] as Instance;
  }

  /** Checks that both talks go on, and that no one has heard nothing for longer
   * than this. */
  async goesOn(silenceMs: number = SILENCE_MS.other): Promise<void> {
    const talks = [this.across, this.within];
    try {
      await Promise.all(talks.map((talk) => talk.passes()));
    } catch (cause) {
      const said = this.fleet.instances
        .map((instance) => `--- ${instance.name}\n${instance.output()}`);
      throw new Error(said.join("\n"), { cause });
    }
    for (const talk of talks) {
      const ms = talk.lap();
      const text = `nothing was heard for ${ms.toFixed()} ms`;
      ok(ms <= silenceMs, `${talk.state()}: ${text}`);
    }
  }

  /** Checks that both talks have lost and repeated nothing. */
  async check(): Promise<void> {
    await this.across.check();
    await this.within.check();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }
}

/** Resolves when the page shows this presence of the agent. */
export async function shows(
  page: CrowdPage,
  address: string,
  presence: string,
): Promise<void> {
  await soon(page.until(({ shown }) => shown.get(address) === presence));
}

/** Rejects if it takes longer than anything here may. */
export async function soon<T>(promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("too late")), LATE_MS);
  return await Promise.race([promise, late])
    .finally(() => clearTimeout(timer));
}

/** True if `/readyz` of an instance says so. */
export function isReady({ url }: Instance): Promise<boolean> {
  return statusOf(`${url}/readyz`, 1_000).then((status) => status === 200);
}

/** Asks again until the answer is this one. */
export async function until<T>(
  ask: () => Promise<T>,
  wanted: T,
): Promise<void> {
  const giveUpAt = performance.now() + LATE_MS;
  while (await ask() !== wanted) {
    if (performance.now() > giveUpAt) throw new Error(`It is not ${wanted}`);
    await pass(50);
  }
}
