import type { Bench } from "./bench.ts";
import { calls } from "./calls.ts";
import { chats } from "./chats.ts";
import { coldStart } from "./cold_start.ts";
import { connects } from "./connects.ts";
import { CONTENDERS } from "./contenders.ts";
import { draw } from "./draw.ts";
import { fanOut } from "./fan_out.ts";
import { setScene } from "./product.ts";
import { manyWidgets } from "./many_widgets.ts";
import { memory } from "./memory.ts";
import { openingHours } from "./opening_hours.ts";
import { widgetFile } from "./widget_file.ts";

// deno task bench [name…] [--visitors=10000] [--rounds=3]

const BENCHES: Bench[] = [
  memory,
  connects,
  fanOut,
  chats,
  calls,
  manyWidgets,
  openingHours,
  coldStart,
  widgetFile,
];
const RESULTS = new URL("results/", import.meta.url);

function option(name: string, byDefault: number): number {
  const given = Deno.args.find((arg) => arg.startsWith(`--${name}=`));
  return Number(given?.split("=")[1] ?? byDefault);
}

function machine() {
  return {
    deno: Deno.version.deno,
    os: `${Deno.build.os} ${Deno.build.arch}`,
    cores: navigator.hardwareConcurrency,
    load: Deno.loadavg()[0],
  };
}

const named = Deno.args.filter((arg) => !arg.startsWith("--"));
const chosen = BENCHES.filter(({ name }) =>
  named.length === 0 || named.includes(name)
);
await Deno.mkdir(RESULTS, { recursive: true });
await using scene = await setScene();
const lab = {
  scene,
  visitors: option("visitors", 10_000),
  rounds: option("rounds", 3),
  contenders: CONTENDERS,
};
for (const { name, title, run } of chosen) {
  const table = await run(lab);
  console.log(`\n${title}\n${draw(table)}`);
  const { visitors, rounds } = lab;
  await Deno.writeTextFile(
    new URL(`${name}.json`, RESULTS),
    JSON.stringify(
      { title, at: new Date(), visitors, rounds, ...machine(), ...table },
      null,
      2,
    ) + "\n",
  );
}
