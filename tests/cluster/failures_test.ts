import { deepEqual, ok } from "node:assert/strict";
import { DeskAgent } from "../support/desk_agent.ts";
import { type Fleet, type Instance, startFleet } from "../support/fleet.ts";
import { statusOf } from "../support/http_status.ts";
import { type NatsServer, startNats } from "../support/nats_server.ts";
import { CrowdPage } from "../support/pbx_crowd.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { Talk } from "../support/talk.ts";
import { pass, SILENCE_MS } from "./faults.ts";

// Each row of the failure table is a test with the row's name. Rows that need no
// whole program are tested in lib/cluster and lib/store.

const FROZEN_MS = 5_000;
const LATE_MS = 20_000;

let postgres: PostgresServer;
let nats: NatsServer;
Deno.test.beforeAll(async () => {
  [postgres, nats] = await Promise.all([startPostgres(), startNats()]);
});
Deno.test.afterAll(async () => {
  await postgres[Symbol.asyncDispose]();
  await nats[Symbol.asyncDispose]();
});

/** Two instances, A and B. Two visitors of A are in a chat: with an agent of B,
 * and with one of A. A page of B shows all agents. */
class Scene implements AsyncDisposable {
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

  static async open(): Promise<Scene> {
    const fleet = await startFleet({
      ...{ postgres, nats: [nats], instances: 2, agents: 3 },
    });
    const [a, b] = fleet.instances;
    if (a === undefined || b === undefined) throw new Error("No instances");
    const across = await Talk.begin(fleet, 0, { visitor: a, agent: b });
    const within = await Talk.begin(fleet, 1, { visitor: a, agent: a });
    const page = await CrowdPage.open(b.url, fleet.stage.widget, 0);
    const scene = new Scene(fleet, { across, within, page });
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
    await Promise.all(talks.map((talk) => talk.passes()));
    for (const talk of talks) {
      const ms = talk.lap();
      ok(ms <= silenceMs, `${talk.name} heard nothing for ${ms.toFixed()} ms`);
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

Deno.test("an instance is killed", async () => {
  await using scene = await Scene.open();

  await scene.a.stop("SIGKILL");
  await scene.goesOn();
  await scene.a.start();
  await scene.fleet.balancer.ready(2);
  await scene.b.stop("SIGKILL");
  await scene.goesOn();

  await scene.check();
});

Deno.test("an instance hangs", async () => {
  await using scene = await Scene.open();

  scene.a.freeze();
  await pass(FROZEN_MS);
  await scene.goesOn();
  scene.a.thaw();
  await scene.fleet.balancer.ready(2);
  await scene.goesOn();

  await scene.check();
});

Deno.test("one instance is cut off from both", async () => {
  await using scene = await Scene.open();

  scene.a.partStore();
  scene.a.partBus();
  await until(() => isReady(scene.a), false);
  await scene.across.passes();
  scene.a.join();
  await scene.fleet.balancer.ready(2);
  await scene.across.passes();
  await scene.within.passes();

  await scene.check();
});

Deno.test("two pages of one agent are on two instances", async () => {
  await using scene = await Scene.open();
  const { a, b, fleet } = scene;
  const cookie = fleet.stage.agents[2]?.cookie ?? "";
  const heard: Record<string, string[]> = { a: [], b: [] };
  using pages = new DisposableStack();
  for (const [name, { url }] of Object.entries({ a, b })) {
    pages.use(
      await DeskAgent.connect(url, cookie, (message, agent) => {
        if (message.type !== "chat") return;
        const { id, state } = message.chat;
        heard[name]?.push(state);
        if (name === "a" && state === "ringing") {
          agent.say({ type: "chat-join", chat: id });
        }
      }),
    );
  }

  scene.page.say({ mt: "CreateChat", dest: "agent2", dn: "Ada" });
  await soon(
    scene.page.until(({ contact }) =>
      contact.some(({ state }) => state === "connected")
    ),
  );
  await until(() => Promise.resolve(heard["b"]?.includes("joined")), true);

  deepEqual(heard["b"], ["ringing", "joined"]);
  await scene.check();
});

/** Resolves when the page shows this presence of the agent. */
async function shows(
  page: CrowdPage,
  address: string,
  presence: string,
): Promise<void> {
  await soon(page.until(({ shown }) => shown.get(address) === presence));
}

/** Rejects if it takes longer than anything here may. */
async function soon<T>(promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("too late")), LATE_MS);
  return await Promise.race([promise, late])
    .finally(() => clearTimeout(timer));
}

function isReady({ url }: Instance): Promise<boolean> {
  return statusOf(`${url}/readyz`, 1_000).then((status) => status === 200);
}

/** Asks again until the answer is this one. */
async function until<T>(ask: () => Promise<T>, wanted: T): Promise<void> {
  const giveUpAt = performance.now() + LATE_MS;
  while (await ask() !== wanted) {
    if (performance.now() > giveUpAt) throw new Error(`It is not ${wanted}`);
    await pass(50);
  }
}
