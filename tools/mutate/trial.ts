import { apply, type Mutant } from "./mutants.ts";
import { IGNORED_TESTS, nameOf, type Tests } from "./plan.ts";
import type { Outcome, WorkingCopy } from "./working_copy.ts";

/** The result of testing a mutant. */
export type Verdict =
  | {
    is: "killed";
    by: string;
    /** Name of the first test that failed, unless time was over. */
    test?: string;
  }
  | { is: "survived" }
  /** The tests of the room pass, but the compiler rejects it, so it could not be
   * committed. */
  | { is: "invalid" };

/** One run of tests, and how long it takes on the unchanged program. */
export interface Stage {
  tests: Tests;
  limitMs: number;
}

type Copy = Pick<WorkingCopy, "deno" | "modules" | "read" | "write">;

const BASELINE_MS_MAX = 30 * 60_000;
const BUILD_MS_MAX = 5 * 60_000;
const CHECK_MS_MAX = 5 * 60_000;

/**
 * Runs the tests on the unchanged program. Returns the stages with their time
 * limits, or throws with the output if a test fails there already.
 */
export async function baseline(
  copy: Copy,
  all: readonly Tests[],
): Promise<Stage[]> {
  const stages: Stage[] = [];
  for (const tests of all) {
    const stage = { tests, limitMs: BASELINE_MS_MAX };
    const outcome = await runTests(copy, stage);
    if (outcome.state !== "passed") {
      const why = outcome.state === "failed" ? outcome.output : "no end";
      throw new Error(
        `Cannot start: ${nameOf(tests)} fails without a mutant\n${why}`,
      );
    }
    // A slow moment must not count as noticed.
    stages.push({ tests, limitMs: 20_000 + 4 * outcome.ms });
  }
  return stages;
}

/**
 * Puts the mutant into the copy, runs the stages, and takes it out again.
 * `near`: tests of the first stage that are likely to notice it, tried first.
 */
export async function tryMutant(
  copy: Copy,
  mutant: Mutant,
  stages: readonly Stage[],
  near: readonly string[] = [],
): Promise<Verdict> {
  const text = await copy.read(mutant.path);
  await copy.write(mutant.path, apply(mutant, text));
  try {
    const [first, ...others] = stages;
    if (first === undefined) return { is: "survived" };
    const quick = { ...first, limitMs: first.limitMs / 4 };
    const outcome = near.length > 0
      ? await runTests(copy, quick, near)
      : undefined;
    if (outcome?.state === "failed") return killedBy(first, outcome.output);
    const noticed = await noticedBy(copy, first);
    if (noticed !== undefined) return noticed;
    // Now, because the other stages may take much longer.
    const check = await copy.deno(["check", mutant.path], CHECK_MS_MAX);
    if (check.state !== "passed") return { is: "invalid" };
    for (const stage of others) {
      const noticed = await noticedBy(copy, stage);
      if (noticed !== undefined) return noticed;
    }
    return { is: "survived" };
  } finally {
    await copy.write(mutant.path, text);
  }
}

/** Runs all tests of a stage. */
async function noticedBy(
  copy: Copy,
  stage: Stage,
): Promise<Verdict | undefined> {
  const outcome = await runTests(copy, stage);
  if (outcome.state === "passed") return undefined;
  if (outcome.state === "failed") return killedBy(stage, outcome.output);
  return { is: "killed", by: `${nameOf(stage.tests)} (time limit)` };
}

function killedBy({ tests }: Stage, output: string): Verdict {
  const [, test] = /^ *(.+) \.\.\. FAILED/m.exec(output) ?? [];
  const by = nameOf(tests);
  return { is: "killed", by, ...(test !== undefined && { test }) };
}

/** Runs these modules with tests, or all of a stage. */
async function runTests(
  copy: Copy,
  { tests, limitMs }: Stage,
  modules?: readonly string[],
): Promise<Outcome> {
  const paths = modules ?? await copy.modules(tests.path);
  if (paths.some((path) => path.startsWith("tests/e2e"))) { // Browsers get what is built.
    const build = ["run", "-A", "--no-check", "dev.ts", "build", "--if-stale"];
    const outcome = await copy.deno(build, BUILD_MS_MAX);
    if (outcome.state !== "passed") return outcome;
  }
  return await copy.deno(testArgs(paths), limitMs, tests.env);
}

function testArgs(paths: readonly string[]): string[] {
  return [
    "test",
    "-A",
    "--no-check",
    "--fail-fast",
    "--sanitize-ops",
    "--sanitize-resources",
    "--quiet",
    `--ignore=${IGNORED_TESTS.join(",")}`,
    ...paths,
  ];
}
