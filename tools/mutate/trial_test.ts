import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { existsSync } from "node:fs";
import type { Mutant } from "./mutants.ts";
import { nearTests } from "./near_tests.ts";
import { reportOf, scoreOf, type Trial } from "./report.ts";
import { baseline, tryMutant } from "./trial.ts";
import { WorkingCopy } from "./working_copy.ts";

const PROGRAM = `export function double(a: number): number {
  if (a > 100) return 200;
  let i = 0;
  while (i < a) i += 1;
  const b: 2 = 2;
  return a * b;
}
`;
const TEST = `import { double } from "./double.ts";
Deno.test("double", () => {
  if (double(3) !== 6) throw new Error("wrong");
});
`;
const FAILURE = "once ... ok (1ms)\ndouble ... FAILED (2ms)\n";

Deno.test("mutants are killed, survive or don't compile, and the original stays", async () => {
  await using original = await repository();
  const stop = new AbortController();
  await using copy = await WorkingCopy.of(original.path, stop.signal);
  const stages = (await baseline(copy, [{ path: "double_test.ts" }]))
    .map((stage) => ({ ...stage, limitMs: 15_000 }));

  const verdicts = [];
  for (
    const mutant of [
      of("* b", "+ b"),
      of("> 100", "> 99"),
      of(": 2 =", ": 3 ="),
    ]
  ) {
    verdicts.push((await tryMutant(copy, mutant, stages)).is);
  }
  const endless = await tryMutant(copy, of("i += 1", ";"), [
    { tests: { path: "double_test.ts" }, limitMs: 3_000 },
  ]);

  deepEqual(verdicts, ["killed", "survived", "invalid"]);
  deepEqual(endless, { is: "killed", by: "double_test.ts (time limit)" });
  equal(await copy.read("double.ts"), PROGRAM);
  equal(await Deno.readTextFile(`${original.path}/double.ts`), PROGRAM);
});

Deno.test("tests that import the file run first, and only their failure counts", async () => {
  await using original = await repository();
  await Deno.mkdir(`${original.path}/lib`);
  await Deno.writeTextFile(`${original.path}/lib/double.ts`, PROGRAM);
  await Deno.writeTextFile(`${original.path}/lib/double_test.ts`, TEST);
  await Deno.writeTextFile(`${original.path}/lib/other.ts`, PROGRAM);
  await Deno.writeTextFile(`${original.path}/lib/other_test.ts`, "");
  const run: string[][] = [];
  const copy = {
    read: () => Promise.resolve(PROGRAM),
    write: () => Promise.resolve(),
    modules: (tests: string) => Promise.resolve([tests]),
    deno: (args: string[], _: number, env?: Record<string, string>) => {
      run.push(args.filter((arg) => /^lib/.test(arg)));
      deepEqual(env, { TEST_ENGINES: "file" });
      const state = run.length === 1 ? "timeout" as const : "failed" as const;
      return Promise.resolve({ state, ms: 1, output: FAILURE });
    },
  };

  const near = await nearTests(original.path, "lib/double.ts");
  const env = { TEST_ENGINES: "file" };
  const stages = [{ tests: { path: "lib", env }, limitMs: 1_000 }];
  const slow = await tryMutant(copy, of("* b", "+ b"), stages, near);
  const quick = await tryMutant(copy, of("* b", "+ b"), stages, near);

  deepEqual(near, ["lib/double_test.ts"]);
  deepEqual(await nearTests(original.path, "lib/other.ts"), [
    "lib/other_test.ts",
  ]);
  const killed = {
    is: "killed",
    by: "lib TEST_ENGINES=file",
    test: "double",
  };
  deepEqual([slow, quick], [killed, killed]);
  deepEqual(run, [near, ["lib"], near]);
});

Deno.test("a copy has new files but no ignored ones, and is deleted", async () => {
  await using original = await repository();
  await Deno.writeTextFile(`${original.path}/.gitignore`, "secret.ts\n");
  await Deno.writeTextFile(`${original.path}/secret.ts`, "");
  const copy = await WorkingCopy.of(
    original.path,
    new AbortController().signal,
  );
  {
    await using held = copy;
    await held.read("double.ts");
    await held.read(".gitignore");
    await rejects(held.read("secret.ts"), Deno.errors.NotFound);
    equal(existsSync(held.root), true);
  }
  equal(existsSync(copy.root), false);
});

Deno.test("a test that fails without a mutant isn't used", async () => {
  await using original = await repository(TEST.replace("6", "7"));
  await using copy = await WorkingCopy.of(
    original.path,
    new AbortController().signal,
  );

  await rejects(
    baseline(copy, [{ path: "double_test.ts" }]),
    /double_test.ts fails without a mutant\n[^]*wrong/,
  );
});

Deno.test("the report lists survivors, and its score ignores mutants that don't compile", () => {
  const trial = (line: number, verdict: Trial["verdict"]): Trial => ({
    path: "a.ts",
    line,
    operator: "negate if",
    change: "if (a) → if (!(a))",
    verdict,
  });
  const trials = [
    trial(1, { is: "killed", by: "lib/a" }),
    trial(2, { is: "killed", by: "tests/a (time limit)" }),
    trial(3, { is: "survived" }),
    trial(4, { is: "invalid" }),
  ];

  const report = reportOf(trials);

  match(report, /a\.ts:3 negate if\n {4}if \(a\) → if \(!\(a\)\)/);
  match(report, /1 noticed by tests\/a \(time limit\)/);
  match(report, /2 of 3 noticed: 67 %$/);
  equal(report.includes("a.ts:1 "), false);
  equal(Math.round(scoreOf(trials)), 67);
  equal(scoreOf([]), 100);
});

/** A mutant of the program by words. */
function of(before: string, after: string): Mutant {
  const start = PROGRAM.indexOf(before);
  const edits = [{ start, end: start + before.length, text: after }];
  return { path: "double.ts", line: 1, operator: "", edits };
}

/** A repository with one program and its test, nothing committed. */
async function repository(
  test = TEST,
): Promise<AsyncDisposable & { path: string }> {
  const path = await Deno.makeTempDir({ prefix: "contact-widgets-" });
  await new Deno.Command("git", { args: ["init", "-q"], cwd: path }).output();
  await Deno.writeTextFile(`${path}/deno.json`, "{}");
  await Deno.writeTextFile(`${path}/double.ts`, PROGRAM);
  await Deno.writeTextFile(`${path}/double_test.ts`, test);
  return {
    path,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}
