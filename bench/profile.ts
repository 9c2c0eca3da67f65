import type { Lab, Table } from "./bench.ts";
import { chats } from "./chats.ts";
import { connects } from "./connects.ts";
import type { Contender } from "./contender.ts";
import { draw } from "./draw.ts";
import { fanOut } from "./fan_out.ts";
import { type Scene, setScene, startProduct } from "./product.ts";
import { inspected, type Profile } from "./inspector.ts";

// deno task profile connects|fan_out|chats [--visitors=2000]: runs one round of
// a bench with the program alone, sampled by V8. Prints where its time went and
// saves bench/results/NAME.cpuprofile, which Chromium's DevTools open.

const ROOT = new URL("../", import.meta.url).href;
const RESULTS = new URL("results/", import.meta.url);
/** Number of functions in the printed table. */
const SHOWN = 25;
const BENCHES = [connects, fanOut, chats];

/** Samples the program's whole run; `taken` receives the profile. */
function sampled(taken: (profile: Profile) => void) {
  return async (scene: Scene): Promise<Contender> => {
    const product = await inspected(startProduct)(scene);
    await product.inspector.startProfile();
    return {
      ...product,
      async [Symbol.asyncDispose]() {
        taken(await product.inspector.stopProfile());
        await product[Symbol.asyncDispose]();
      },
    };
  };
}

/** Returns the own time of each function, highest first. */
function whereTimeWent(profile: Profile): Table {
  const places = new Map(
    profile.nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]),
  );
  const spent = new Map<string, number>();
  profile.samples.forEach((id, at) => {
    const place = places.get(id) ?? "";
    const microseconds = profile.timeDeltas[at] ?? 0;
    spent.set(place, (spent.get(place) ?? 0) + microseconds);
  });
  const idle = spent.get("(idle)") ?? 0;
  spent.delete("(idle)");
  const busy = profile.endTime - profile.startTime - idle;
  const rows = [...spent].sort((a, b) => b[1] - a[1]).slice(0, SHOWN);
  return {
    columns: ["function", "ms", "share of busy time"],
    rows: rows.map(([place, microseconds]) => [
      place,
      microseconds / 1_000,
      `${(microseconds / busy * 100).toFixed(1)} %`,
    ]),
  };
}

function placeOf(
  { functionName, url, lineNumber }: Profile["nodes"][number]["callFrame"],
): string {
  const name = functionName || "(anonymous)";
  if (url === "") return name;
  const file = url.startsWith(ROOT)
    ? url.slice(ROOT.length)
    : url.split("/").slice(-2).join("/");
  return `${name} ${file}:${lineNumber + 1}`;
}

const named = Deno.args.find((arg) => !arg.startsWith("--"));
const bench = BENCHES.find(({ name }) => name === named);
if (!bench) {
  const names = BENCHES.map(({ name }) => name).join("|");
  console.error(`Say which: deno task profile ${names}`);
  Deno.exit(2);
}
const visitors = Deno.args.find((arg) => arg.startsWith("--visitors="));
await Deno.mkdir(RESULTS, { recursive: true });
await using scene = await setScene();
const profiles: Profile[] = [];
const lab: Lab = {
  scene,
  visitors: Number(visitors?.split("=")[1] ?? 2_000),
  rounds: 1,
  contenders: [sampled((profile) => profiles.push(profile))],
};
const table = await bench.run(lab);
console.log(`\n${bench.title}, under the profiler\n${draw(table)}`);
for (const profile of profiles) {
  console.log(`\n${draw(whereTimeWent(profile))}`);
  await Deno.writeTextFile(
    new URL(`${bench.name}.cpuprofile`, RESULTS),
    JSON.stringify(profile),
  );
}
