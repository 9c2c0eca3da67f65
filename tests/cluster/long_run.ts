import { chance } from "../support/chance.ts";
import { startNatsCluster } from "../support/nats_server.ts";
import { startPostgres } from "../support/postgres.ts";
import { checkMedian, faultRound, quantileOf } from "./fault_round.ts";

// `deno task faults --faults=1000`: three instances, six conversations with agents
// at the desk and two with agents of a PBX, and random faults. A round has new
// instances, a new store and up to 20 faults, and prints its seed.

const PER_ROUND = 20;
const given = Deno.args.find((arg) => arg.startsWith("--faults="));
const faults = Number(given?.split("=")[1] ?? PER_ROUND);

const silences = new Map<string, number[]>();
await using postgres = await startPostgres();
const nodes = await startNatsCluster({ isHidden: true });
await using nats = new AsyncDisposableStack();
for (const node of nodes) nats.use(node);
let failed = 0;
const perRound = Math.min(faults, PER_ROUND);
const rounds = Math.ceil(faults / perRound);
for (let round = 1; round <= rounds; round++) {
  const luck = chance();
  console.log(`Round ${round} of ${rounds}, CW_SEED=${luck.seed}`);
  try {
    const all = await faultRound({
      ...{ postgres, nats: nodes, luck },
      ...{ instances: 3, talks: 6, pbxTalks: 2, faults: perRound },
      onFault({ kind, ms }) {
        silences.set(kind, [...silences.get(kind) ?? [], ...ms]);
      },
    });
    console.log(checkMedian(all));
  } catch (error) {
    failed++;
    console.error(error);
  }
}
console.log(
  `${rounds * perRound} faults, ${failed} of ${rounds} rounds failed`,
);
for (const [kind, ms] of silences) {
  const [median, most, longest] = [0.5, 0.9, 1]
    .map((part) => quantileOf(ms, part).toFixed());
  console.log(
    `${kind}: silence p50 ${median}, p90 ${most}, max ${longest} ms (${ms.length})`,
  );
}
if (failed > 0) Deno.exitCode = 1;
