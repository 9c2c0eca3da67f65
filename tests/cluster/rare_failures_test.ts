import { equal } from "node:assert/strict";
import { openCuttingProxy } from "../support/cutting_proxy.ts";
import { startFleet } from "../support/fleet.ts";
import { getProgram } from "../support/get_debian.ts";
import { type NatsServer, startNats } from "../support/nats_server.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { users } from "../support/simulated_pbx/in_memory.ts";
import { SimulatedPbx } from "../support/simulated_pbx/simulated_pbx.ts";
import { webSocketWire } from "../support/simulated_pbx/wire.ts";
import { Talk } from "../support/talk.ts";
import {
  PBX_ARGS,
  pbxAgents,
  PbxTalk,
  TalkingPbx,
} from "../support/pbx_talk.ts";
import { pass } from "./faults.ts";

// Rows of the failure table that need servers of their own.

const FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

let postgres: PostgresServer;
let nats: NatsServer;
Deno.test.beforeAll(async () => {
  [postgres, nats] = await Promise.all([startPostgres(), startNats()]);
});
Deno.test.afterAll(async () => {
  await postgres[Symbol.asyncDispose]();
  await nats[Symbol.asyncDispose]();
});

Deno.test("partition of NATS", async () => {
  await using first = await startNats({ routes: [] });
  await using between = openCuttingProxy(`http://${first.route}`);
  await using second = await startNats({ routes: [new URL(between.url).host] });
  await using fleet = await startFleet({
    ...{ postgres, nats: [first, second], instances: 2, agents: 1 },
    nodesOf: (n) => n === 0 ? [first] : [second],
  });
  const [a, b] = fleet.instances;
  if (a === undefined || b === undefined) throw new Error("No instances");
  await using talk = await Talk.begin(fleet, 0, { visitor: a, agent: b });

  between.part();
  await pass(3_000); // Both halves take the other one for dead.
  between.join();
  await talk.passes();

  await talk.check();
});

Deno.test("PostgreSQL fails over", async () => {
  await using primary = await startPostgres();
  await using standby = await primary.standby();
  await primary.sql("alter system set synchronous_standby_names = '*'");
  await primary.sql("select pg_reload_conf()");
  const kv = primary.url({ target_session_attrs: "read-write" })
    .replace("127.0.0.1:", `127.0.0.1:${standby.port},127.0.0.1:`);
  await using fleet = await startFleet({
    ...{ postgres: primary, nats: [nats], instances: 2, agents: 1, kv },
  });
  const [a, b] = fleet.instances;
  if (a === undefined || b === undefined) throw new Error("No instances");
  await using talk = await Talk.begin(fleet, 0, { visitor: a, agent: b });

  await primary.stop("killed");
  await standby.promote();
  await fleet.balancer.ready(2);
  await talk.passes();
  await a.stop("SIGKILL"); // From now on, only the standby knows the chat.
  await talk.passes();

  await talk.check();
});

Deno.test("two instances both think they have a PBX", async () => {
  const more = pbxAgents(1);
  await using fleet = await startFleet({
    ...{ postgres, nats: [nats], instances: 2, agents: 0 },
    ...{ args: PBX_ARGS, stage: { more } },
  });
  const [a, b] = fleet.instances;
  if (a === undefined || b === undefined) throw new Error("No instances");
  const [agent = { address: "", name: "" }] = more;
  const older = new SimulatedPbx(
    webSocketWire(`${a.url.replace("http", "ws")}/widgets`),
    { users: users(1) },
  );
  await older.connect();

  fleet.balancer.aim(b.url);
  await using newer = TalkingPbx.start(fleet, 1);
  await older.lost();
  fleet.balancer.aim(a.url);
  await using talk = await PbxTalk.begin(fleet, newer, agent.address);

  equal(newer.links, 1);
  await talk.check();
});

Deno.test("clocks differ", async () => {
  await getProgram("faketime");
  const ahead = ["env", `LD_PRELOAD=${FAKETIME}`, "FAKETIME=+1h"];
  await using fleet = await startFleet({
    ...{ postgres, nats: [nats], instances: 2, agents: 1 },
    startedBy: (n) => n === 0 ? ahead : [],
  });
  const [a, b] = fleet.instances;
  if (a === undefined || b === undefined) throw new Error("No instances");
  await using talk = await Talk.begin(fleet, 0, { visitor: a, agent: b });

  for (const instance of [b, a]) {
    await instance.stop("SIGKILL");
    await talk.passes();
    await instance.start();
    await fleet.balancer.ready(2);
  }

  await talk.check();
});
