import { fileURLToPath } from "node:url";
import { existsSync } from "node:fs";
import { chance } from "@/tests/support/chance.ts";
import { errorMessage } from "@/lib/base/error_message.ts";
import { choose, partOf } from "./choice.ts";
import { changeText, type Mutant, mutantsOf } from "./mutants.ts";
import { nearTests } from "./near_tests.ts";
import {
  hasMutants,
  innerRooms,
  nameOf,
  PER_FILE_MAX,
  type Plan,
  planOf,
} from "./plan.ts";
import { reportOf, scoreOf, type Trial } from "./report.ts";
import { baseline, tryMutant } from "./trial.ts";
import { WorkingCopy } from "./working_copy.ts";

// Mutation tests: makes small errors in a copy of the program, one at a time,
// and lists those that no test notices.

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

if (import.meta.main) {
  const plan = planOf(Deno.args, (path) => existsSync(ROOT + path));
  if (!plan.ok) {
    console.error(plan.error);
    Deno.exit(2);
  }
  const trials = await run(plan.value);
  if (trials === undefined) Deno.exit(2);
  console.log(`\n${reportOf(trials)}`);
  if (scoreOf(trials) < plan.value.atLeast) Deno.exit(1);
}

/** Runs the mutants; returns undefined if that was not possible. */
async function run(plan: Plan): Promise<Trial[] | undefined> {
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  Deno.addSignalListener("SIGINT", onSignal);
  try {
    await using copy = await WorkingCopy.of(ROOT, stop.signal);
    const mutants = await chosen(plan, copy.root);
    console.log(`Tests: ${plan.tests.map(nameOf).join("; ")}`);
    const stages = await baseline(copy, plan.tests);
    const trials: Trial[] = [];
    for (const mutant of mutants) {
      const near = plan.tests.some(({ path }) => mutant.path.startsWith(path))
        ? await nearTests(copy.root, mutant.path)
        : [];
      const verdict = await tryMutant(copy, mutant, stages, near);
      if (stop.signal.aborted) break;
      const { path, line, operator } = mutant;
      const change = changeText(mutant, await copy.read(path));
      trials.push({ path, line, operator, change, verdict });
      const number = `${trials.length}/${mutants.length}`;
      console.log(`${number} ${verdict.is} ${path}:${line} ${change}`);
      if (verdict.is === "killed") {
        console.log(`  by ${verdict.by}: ${verdict.test ?? ""}`);
      }
    }
    return trials;
  } catch (error) {
    console.error(errorMessage(error));
    return undefined;
  } finally {
    Deno.removeSignalListener("SIGINT", onSignal);
  }
}

async function chosen(plan: Plan, root: string): Promise<Mutant[]> {
  const all: Mutant[] = [];
  for (const path of files(root, plan.target)) {
    all.push(...mutantsOf(path, await Deno.readTextFile(`${root}/${path}`)));
  }
  if (plan.line !== undefined) {
    return all.filter(({ line }) => line === plan.line);
  }
  const perFile = plan.target.endsWith(".ts") ? plan.count : PER_FILE_MAX;
  const luck = chance(plan.seed);
  const chosen = choose(all, { count: plan.count, perFile }, luck);
  const mutants = partOf(chosen, plan.part ?? { number: 1, of: 1 });
  console.log(
    `${mutants.length} of ${all.length} mutants of ${plan.target}, ` +
      `--seed=${luck.seed}`,
  );
  return mutants;
}

function files(root: string, target: string): string[] {
  if (target.endsWith(".ts")) return [target];
  const paths: string[] = [];
  const inner = innerRooms(target);
  for (const { name, isDirectory } of Deno.readDirSync(`${root}/${target}`)) {
    const path = `${target}/${name}`;
    if (inner.includes(path)) continue;
    if (isDirectory) paths.push(...files(root, path));
    else if (hasMutants(path)) paths.push(path);
  }
  return paths.sort();
}
