import { systemClock } from "@/lib/base/clock.ts";
import { readNatsAddress } from "@/lib/cluster/nats_address.ts";
import { NatsBus } from "@/lib/cluster/nats_bus.ts";
import { type NatsServer, startNats } from "../support/nats_server.ts";
import { agentPortSuite } from "./agent_port_suite.ts";
import {
  deskElsewhere,
  fakeElsewhere,
  pbxElsewhere,
} from "./elsewhere_harness.ts";

let nats: NatsServer;
let buses: { there: NatsBus; here: NatsBus };

Deno.test.beforeAll(async () => {
  nats = await startNats();
  buses = { there: await connect(), here: await connect() };
});

Deno.test.afterAll(async () => {
  await buses.there[Symbol.asyncDispose]();
  await buses.here[Symbol.asyncDispose]();
  await nats[Symbol.asyncDispose]();
});

async function connect(): Promise<NatsBus> {
  const address = readNatsAddress(`nats://${nats.host}`);
  if (address === undefined) throw new Error(`Cannot read ${nats.host}`);
  // No ping, because its timer would begin in one test and end in another.
  const options = { clock: systemClock, pingMs: 600_000 };
  const bus = await NatsBus.connect(address, options);
  if (!bus.ok) throw new Error(bus.error);
  return bus.value;
}

const BANKS = {
  "[CLUSTER1] fake over NATS": fakeElsewhere,
  "[CLUSTER1] desk over NATS": deskElsewhere,
  "[CLUSTER1] PBX over NATS": pbxElsewhere,
};

for (const [bank, open] of Object.entries(BANKS)) {
  const lost = 0.2;
  agentPortSuite(`${bank}, ${100 * lost} % lost`, () => open({ lost, buses }));
}
