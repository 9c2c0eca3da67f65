import { startFleet } from "../support/fleet.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { Talk } from "../support/talk.ts";

let postgres: PostgresServer;
Deno.test.beforeAll(async () => void (postgres = await startPostgres()));
Deno.test.afterAll(async () => await postgres[Symbol.asyncDispose]());

Deno.test("one instance on PostgreSQL that is killed and started again continues its chats", async () => {
  await using fleet = await startFleet({
    ...{ postgres, nats: [], instances: 1, agents: 2 },
  });
  await using first = await Talk.begin(fleet, 0);
  await using second = await Talk.begin(fleet, 1);
  for (const signal of ["SIGKILL", "SIGTERM"] as const) {
    for (const instance of fleet.instances) {
      await instance.stop(signal);
      await instance.start();
    }
    await Promise.all([first, second].map((talk) => talk.passes()));
  }
  await Promise.all([first, second].map((talk) => talk.check()));
});
