// All tests, as `deno task test` runs them: those in browsers in several processes
// beside those that need none, because each of them waits a lot, and then, alone,
// those that measure. With arguments it is one `deno test` with these.

import { gather, testFiles } from "./gather.ts";

const FLAGS = [
  "test",
  "-A",
  "--no-check", // `deno check` is a separate step.
  "--sanitize-ops",
  "--sanitize-resources",
  "--preload=tests/support/time_limit.ts",
];
const BROWSERS = "tests/e2e";
/** Processes that run tests in browsers at the same time. One of them keeps a
 * core busy for a quarter of its time. */
const LANES = 3;
/** Files of one such process: few, so that all lanes end at about the same time,
 * but each process has to load the program first. */
const FILES_PER_RUN = 3;
/** They build the program, or start several instances of it. */
const PROGRAMS = [
  "tests/cluster",
  "tests/e2e/compile_test.ts",
  "tests/e2e/dockerfile_test.ts",
];
/** They load, kill and fill disks, or count bytes and milliseconds. */
const MEASURED = [
  "tests/e2e/kept_call_test.ts",
  "tests/cluster/rolling_test.ts",
  "tests/faults",
  "tests/ops/start_test.ts",
  "lib/base/links_test.ts",
  "lib/pbx/signal/html_test.ts",
  "lib/port/slow_peers_test.ts",
];

/** The output of one `deno test`. */
interface Outcome {
  passed: number;
  failed: number;
  success: boolean;
  /** Names and places of the failed tests. */
  failures: string[];
}

if (import.meta.main) {
  if (Deno.args.length > 0) {
    Deno.exit((await deno([...FLAGS, ...Deno.args], "inherit")).code);
  }
  await using fast = await gather({
    except: [BROWSERS, ...PROGRAMS, ...MEASURED],
  });
  await using programs = await gather({ only: PROGRAMS, except: MEASURED });
  const others = run(fast.modules).then(async (outcome) => [
    outcome,
    await run(programs.modules),
  ]);
  const outcomes = [
    ...await runInBrowsers(),
    ...await others,
    await run(MEASURED),
  ];
  for (const { failures } of outcomes) failures.forEach((f) => console.log(f));
  const sum = (what: "passed" | "failed") =>
    outcomes.reduce((sum, outcome) => sum + outcome[what], 0);
  console.log(`All tests: ${sum("passed")} passed, ${sum("failed")} failed`);
  if (!outcomes.every(({ success }) => success)) Deno.exitCode = 1;
}

/** Runs the tests in browsers, some files at a time. */
async function runInBrowsers(): Promise<Outcome[]> {
  const files = await testFiles({
    only: [BROWSERS],
    except: [...PROGRAMS, ...MEASURED],
  });
  const outcomes: Outcome[] = [];
  const lane = async () => {
    while (files.length > 0) {
      const only = files.splice(0, FILES_PER_RUN);
      await using gathered = await gather({ only });
      outcomes.push(await run(gathered.modules, only.join(" ")));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return outcomes;
}

/** Runs a part of the tests, and prints what it says in one piece. */
async function run(
  args: string[],
  name = args.join(" "),
): Promise<Outcome> {
  const since = performance.now();
  const { code, output } = await deno([...FLAGS, ...args], "piped");
  console.log(output);
  const count = (what: string) =>
    Number(new RegExp(`(\\d+) ${what}.*$`, "m").exec(lastLine(output))?.[1]);
  const seconds = Math.round((performance.now() - since) / 1_000);
  console.log(`${name}: ${seconds} s\n`);
  const [passed, failed] = [count("passed"), count("failed")];
  const isKnown = !Number.isNaN(passed + failed);
  return {
    passed: isKnown ? passed : 0,
    failed: isKnown ? failed : 1, // It broke off: no test said so.
    success: code === 0 && isKnown && failed === 0,
    failures: [...new Set(output.match(/^.* => \.\/.*$/gm))],
  };
}

/** `ok | 3 passed | 0 failed (1s)`, the last one. */
function lastLine(output: string): string {
  return output.match(/^(?:ok|FAILED) \| \d+ passed.*$/gm)?.at(-1) ?? "";
}

async function deno(
  args: string[],
  to: "inherit" | "piped",
): Promise<{ code: number; output: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args,
    env: { NO_COLOR: "1" },
    stdout: to,
    stderr: to,
  }).spawn();
  if (to === "inherit") {
    return { code: (await child.status).code, output: "" };
  }
  const said: string[] = [];
  const read = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      said.push(text);
    }
  };
  await Promise.all([read(child.stdout), read(child.stderr)]);
  return { code: (await child.status).code, output: said.join("") };
}
