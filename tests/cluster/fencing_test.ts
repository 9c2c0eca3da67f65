import { startFleet } from "../support/fleet.ts";
import { type NatsServer, startNats } from "../support/nats_server.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { Talk } from "../support/talk.ts";
import { endAll } from "./fault_round.ts";
import { pass } from "./faults.ts";

/** Longer than a page takes to write the next text, and shorter than the home
 * waits for a commit before it goes on in memory. */
const IN_COMMIT_MS = 300;

let postgres: PostgresServer;
let nats: NatsServer;
Deno.test.beforeAll(async () => {
  [postgres, nats] = await Promise.all([startPostgres(), startNats()]);
});
Deno.test.afterAll(async () => {
  await postgres[Symbol.asyncDispose]();
  await nats[Symbol.asyncDispose]();
});

Deno.test("a chat's home that is frozen inside a write is refused when it wakes up: nothing is stored twice", async () => {
  await using fleet = await startFleet({
    ...{ postgres, nats: [nats], instances: 2, agents: 1 },
  });
  const [home, other] = fleet.instances;
  if (home === undefined || other === undefined) throw new Error("none");
  await using talk = await Talk.begin(fleet, 0, {
    agent: other,
    visitor: home,
  });

  home.holdStore();
  await pass(IN_COMMIT_MS); // The next texts of both sides wait in it.
  home.freeze();
  await talk.passes(); // At the other instance, which has claimed the chat.
  home.thaw();
  home.releaseStore();
  await fleet.balancer.ready(2);
  await talk.passes();

  await talk.check();
  await endAll(fleet, [talk]);
});
