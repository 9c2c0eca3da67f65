import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import { openStore } from "@/lib/store/open.ts";
import { AdminClient } from "../support/admin_client.ts";
import { startNats } from "../support/nats_server.ts";
import { startPostgres } from "../support/postgres.ts";
import { endAll } from "./fault_round.ts";
import { FailureScene, isReady, shows, soon, until } from "./failure_scene.ts";
import { SILENCE_MS } from "./faults.ts";

// Rows of the failure table about the bus and the store, each with its name.

/** Starts servers that a test stops, and two instances that use them. */
async function openScene() {
  await using stack = new AsyncDisposableStack();
  const postgres = stack.use(await startPostgres());
  const nats = stack.use(await startNats());
  const scene = stack.use(
    await FailureScene.open({ postgres, nats: [nats] }),
  );
  const all = stack.move();
  return {
    ...{ scene, postgres, nats },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

Deno.test("NATS is away, the store works", async () => {
  await using own = await openScene();
  const { scene, nats } = own;
  const { page, within, across } = scene;

  await nats.kill();
  await within.passes(); // Both sides are at one instance.
  equal(page.shown.get("agent1"), "online"); // As it was known last.
  await shows(page, "agent1", "offline");
  equal(page.shown.get("agent0"), "online"); // At the page's instance.
  page.say({ mt: "CreateChat", dest: "agent1", dn: "Ada" });
  await soon(page.until(({ contact }) => contact.length > 0));
  deepEqual(page.contact.map(({ cause }) => cause), [CAUSE.noResponse]);
  await nats.restart();
  await across.passes();
  await shows(page, "agent1", "online");
  await scene.goesOn(Infinity);

  await scene.check();
});

Deno.test("the store is away for all instances", async () => {
  await using own = await openScene();
  const { scene, postgres } = own;
  const { a, b, fleet } = scene;
  const admin = new AdminClient(b.url, fleet.stage.admin);
  const [widget] = await admin.widgets();
  ok(widget);

  await postgres.stop();
  await until(() => isReady(a), false);
  await until(() => isReady(b), false);
  await scene.goesOn(SILENCE_MS.noStore); // In memory.
  await scene.goesOn();
  await rejects(
    admin.saveWidget(widget, (content) => content.name = "Refused"),
    / 503 /,
  );
  await postgres.start();
  await fleet.balancer.ready(2);
  await scene.goesOn();
  await a.stop("SIGKILL"); // All that was only in memory is stored by now.
  await scene.goesOn();

  await scene.check();
  await endAll(fleet, [scene.across, scene.within]);
});

Deno.test("the store is away for one instance", async () => {
  await using own = await openScene();
  const { scene } = own;
  const { a, fleet } = scene;

  a.partStore();
  await until(() => isReady(a), false);
  await scene.goesOn(SILENCE_MS.noStore); // At the other instance.
  await scene.goesOn();
  a.join();
  await fleet.balancer.ready(2);
  await scene.goesOn();

  await scene.check();
  await endAll(fleet, [scene.across, scene.within]);
});

Deno.test("a commit was done, its answer was lost", async () => {
  await using own = await openScene();
  const { scene } = own;
  const { a, fleet, within } = scene;
  const opened = await openStore(fleet.kv);
  if (!opened.ok) throw new Error(`Cannot open: ${opened.error.reason}`);
  await using store = opened.value;
  const isStored = async (text: string) => {
    for await (const { entries } of store.runningChats.all()) {
      if (entries.some((entry) => entry.text === text)) return true;
    }
    return false;
  };

  for (let n = 0; n < 3; n++) {
    a.loseStoreAnswers();
    const count = within.visitor.said.length;
    await until(() => isStored(within.visitor.said[count] ?? ""), true);
    a.cutStore();
    await scene.goesOn();
  }

  await scene.check();
  await endAll(fleet, [scene.across, scene.within]);
});
