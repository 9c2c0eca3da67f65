import { deepEqual } from "node:assert/strict";
import { DeskAgent } from "../support/desk_agent.ts";
import { type NatsServer, startNats } from "../support/nats_server.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { FailureScene, isReady, soon, until } from "./failure_scene.ts";
import { pass } from "./faults.ts";

// Each row of the failure table is a test with the row's name. Rows that need no
// whole program are tested in lib/cluster and lib/store.

const FROZEN_MS = 5_000;

let postgres: PostgresServer;
let nats: NatsServer;
Deno.test.beforeAll(async () => {
  [postgres, nats] = await Promise.all([startPostgres(), startNats()]);
});
Deno.test.afterAll(async () => {
  await postgres[Symbol.asyncDispose]();
  await nats[Symbol.asyncDispose]();
});

Deno.test("an instance is killed", async () => {
  await using scene = await FailureScene.open({ postgres, nats: [nats] });

  await scene.a.stop("SIGKILL");
  await scene.goesOn();
  await scene.a.start();
  await scene.fleet.balancer.ready(2);
  await scene.b.stop("SIGKILL");
  await scene.goesOn();

  await scene.check();
});

Deno.test("an instance hangs", async () => {
  await using scene = await FailureScene.open({ postgres, nats: [nats] });

  scene.a.freeze();
  await pass(FROZEN_MS);
  await scene.goesOn();
  scene.a.thaw();
  await scene.fleet.balancer.ready(2);
  await scene.goesOn();

  await scene.check();
});

Deno.test("one instance is cut off from both", async () => {
  await using scene = await FailureScene.open({ postgres, nats: [nats] });

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
  await using scene = await FailureScene.open({ postgres, nats: [nats] });
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
