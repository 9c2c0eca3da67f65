import { removeDeadLocks } from "./faketime_locks.ts";
import { gather } from "./gather.ts";
import { getProgram } from "./get_debian.ts";

// Runs the tests with the clock ahead, so that no fixture, certificate or date
// in them can fail on a later day. Needs no browser, and a build in _fresh.

/** The second run is in a time zone with 45 minutes and daylight saving time. */
const RUNS = [
  { ahead: "+8d", days: 8, zone: "UTC" },
  { ahead: "+396d", days: 396, zone: "Pacific/Chatham" }, // 13 months
];

/** The other engines are servers, with clocks of their own. */
const STORES = "memory,file";

/** Tests that are left out, with the reason. */
const LEFT_OUT: Record<string, string> = {
  "tests/e2e": "needs browsers, and most of its time passes in them",
  "tests/cluster": "kills and stops programs and servers, and waits for them",
  "tests/faults": "loads, kills and full disks, measured in seconds and bytes",
  "lib/cluster":
    "its clock is passed in, and the server of its bus has no dates",
  "lib/pbx/signal/html_test.ts": "measures how long HTML of a PBX takes",
  "lib/port/slow_peers_test.ts": "measures how long the server waits for peers",
  "lib/program/postgres_store_test.ts": "starts the program for each step",
  "lib/store/postgres/servers_test.ts": "kills servers, and waits for them",
  "tests/house/docs_test.ts": "checks types; nothing has a date",
  "tests/house/languages_docs_test.ts": "checks types; nothing has a date",
  "tests/support/seen_test.ts": "needs a browser",
  "tests/ops/guide_test.ts": "starts the program for each block of the guide",
  "tests/ops/self_extracting_test.ts": "packs the program; nothing has a date",
  "tests/ops/start_test.ts": "measures the time of the first start and builds",
  "widget/build_test.ts": "measures bytes of the built widget",
  "tools/mutate/trial_test.ts": "runs other tests, with a time limit",
};

const DAY_MS = 24 * 60 * 60 * 1_000;
const FLAGS = [
  "test",
  "-A",
  "--no-check", // The run without faketime has checked the types.
  "--sanitize-ops",
  "--sanitize-resources",
  "--preload=tests/support/time_limit.ts",
  "--preload=tests/support/own_faketime.ts",
];

if (import.meta.main) {
  await removeDeadLocks();
  for (const run of RUNS) await mustBeAhead(run);
  await using tests = await gather({ except: Object.keys(LEFT_OUT) });
  const outcomes = await Promise.all(
    RUNS.map((run) => testsAt(run, tests.modules)),
  );
  for (const { ahead, output, success, seconds } of outcomes) {
    if (!success) console.error(output);
    const last = /^.*\d+ passed.*$/m.exec(output)?.[0] ?? "No result";
    console.log(`With the clock at ${ahead}: ${last} (${seconds} s)`);
  }
  await removeDeadLocks();
  if (!outcomes.every(({ success }) => success)) Deno.exitCode = 1;
}

type Run = (typeof RUNS)[number];

/** Throws if the clock of Deno or of its KV does not move, because a run with
 * faketime would prove nothing then. */
async function mustBeAhead(run: Run): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "contact-widgets-" });
  const path = `${folder}/kv`;
  {
    using kv = await Deno.openKv(path);
    await kv.set(["expires"], 1, { expireIn: DAY_MS });
    await kv.set(["stays"], 1);
  }
  const program = `
    const kv = await Deno.openKv(${JSON.stringify(path)});
    const before = performance.now();
    await new Promise((done) => setTimeout(done, 50));
    while ((await kv.get(["expires"])).value !== null) {
      await new Promise((done) => setTimeout(done, 50));
    }
    console.log(JSON.stringify({
      now: Date.now(),
      waited: performance.now() - before,
      stays: (await kv.get(["stays"])).value,
    }));
    kv.close();`;
  const limit = AbortSignal.timeout(60_000);
  const { output } = await faked(run, ["eval", program], limit);
  await Deno.remove(folder, { recursive: true });
  const seen = JSON.parse(output || "{}");
  const isAhead = Math.abs(seen.now - Date.now() - run.days * DAY_MS) < DAY_MS;
  if (isAhead && seen.stays === 1 && seen.waited >= 50) return;
  throw new Error(`faketime ${run.ahead} does not work here: ${output}`);
}

async function testsAt(run: Run, modules: string[]) {
  const since = performance.now();
  const { success, output } = await faked(run, [...FLAGS, ...modules]);
  const seconds = Math.round((performance.now() - since) / 1_000);
  return { ...run, success, output, seconds };
}

async function faked(
  { ahead, zone }: Run,
  args: string[],
  signal?: AbortSignal,
): Promise<{ success: boolean; output: string }> {
  const { success, stdout, stderr } = await new Deno.Command(
    await getProgram("faketime"),
    {
      // -m: without it, a process with several threads may crash at its end.
      args: ["-m", "-f", ahead, Deno.execPath(), ...args],
      env: { NO_COLOR: "1", TZ: zone, TEST_ENGINES: STORES },
      ...(signal && { signal }),
    },
  ).output();
  const decoder = new TextDecoder();
  const output = decoder.decode(stdout) +
    (success ? "" : decoder.decode(stderr));
  return { success, output };
}
