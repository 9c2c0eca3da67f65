import { buildEarlier } from "../support/earlier_program.ts";
import { startNats } from "../support/nats_server.ts";
import { startPostgres } from "../support/postgres.ts";
import { SCENARIOS } from "./version_suite.ts";

// `deno task versions --previous=REF`: the program of an earlier commit and this
// one as one service. Prints a line for each scenario. It needs that commit in
// the history of the clone, so CI runs tests/cluster/wire_test.ts instead.

const given = Deno.args.find((arg) => arg.startsWith("--previous="));
const previous = given?.split("=")[1];
if (previous === undefined) {
  console.error("Name an earlier commit: deno task versions --previous=REF");
  Deno.exit(1);
}
await using earlier = await buildEarlier(previous);
await using postgres = await startPostgres();
await using nats = await startNats();
console.log(`This version together with ${earlier.commit}`);
let failed = 0;
for (const { name, run } of SCENARIOS) {
  const since = performance.now();
  try {
    await run({ postgres, nats: [nats], earlier: earlier.main });
    const seconds = (performance.now() - since) / 1_000;
    console.log(`ok      ${name} (${seconds.toFixed(1)} s)`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}`);
    console.error(error);
  }
}
console.log(`${SCENARIOS.length} scenarios, ${failed} failed`);
if (failed > 0) Deno.exitCode = 1;
