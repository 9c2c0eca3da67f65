import { err, ok, type Result } from "@/lib/base/result.ts";

export const USAGE = `Usage: deno task mutate ROOM [options]

ROOM is a folder (lib/contact, or just contact), a file, or a line (file:30).
  --count=45      Mutants to run, at most 4 in a file and 1 in a line
  --seed=N        Repeats an earlier choice
  --part=2/3      Runs only the second third of the choice
  --tests=A,B     Test paths, run in this order until one fails
  --at-least=90   Exit code 1 if fewer percent are noticed`;

/** One run of `deno test`. */
export interface Tests {
  path: string;
  env?: Record<string, string>;
}

export interface Plan {
  /** A folder or a file, from the root. */
  target: string;
  /** All mutants of this line only. */
  line?: number;
  count: number;
  seed?: number;
  part?: Part;
  /** The next starts if nothing failed. */
  tests: Tests[];
  atLeast: number;
}

/** A part of a choice, from 1: for hosts on which a whole run is too long. */
export interface Part {
  number: number;
  of: number;
}

/** Mutants of one file at most. One file must not decide the score. */
export const PER_FILE_MAX = 4;
const COUNT = 45;

/** Rooms that don't have just the tests in their folder. A room in the folder of
 * another room belongs to itself only. */
const ROOMS: Record<string, Tests[]> = {
  "lib/contact": [{ path: "lib/contact" }, { path: "tests/contact" }],
  "lib/visitor": [{ path: "lib/visitor" }, { path: "tests/contact" }],
  "lib/desk": [{ path: "lib/desk" }, { path: "tests/contact" }],
  "lib/port": [{ path: "lib/port" }, { path: "tests/http" }],
  "lib/program": [
    { path: "lib/program" },
    { path: "tests/ops/operator_test.ts" },
    { path: "tests/ops/public_url_test.ts" },
    { path: "tests/cluster" },
  ],
  // Most errors are noticed without a server, in a fraction of the time.
  "lib/store": [
    { path: "lib/store", env: { TEST_ENGINES: "memory,file" } },
    { path: "lib/store", env: { TEST_ENGINES: "KV Connect,PostgreSQL" } },
  ],
  "lib/store/postgres": [
    { path: "lib/store/postgres" },
    { path: "lib/store", env: { TEST_ENGINES: "PostgreSQL" } },
    { path: "lib/program/postgres_store_test.ts" },
  ],
  "lib/web": [{ path: "lib/web" }, { path: "tests/http" }],
  "desk": [{ path: "desk" }, { path: "tests/model" }],
  "widget": [{ path: "widget" }, { path: "tests/model" }],
};

/** Tests that fail on any change, so they prove nothing about behaviour. */
export const IGNORED_TESTS = ["widget/build_test.ts"];

/** Files without mutants: tests, views, sounds, texts and what only builds. */
const LEFT_OUT =
  /_test\.tsx?$|\.d\.ts$|\.tsx$|\/(view|fixtures|samples)\/|^lib\/i18n\/|(^|\/)(build|minify_css|bell|sounds?)\.ts$/;

/** True if the file at `path` (from the root) can have mutants. */
export function hasMutants(path: string): boolean {
  return path.endsWith(".ts") && !LEFT_OUT.test(path);
}

/** Returns the rooms inside of this folder. */
export function innerRooms(folder: string): string[] {
  return Object.keys(ROOMS)
    .filter((room) => room !== folder && isIn(room, folder));
}

/** Returns the name of tests in a report: their path and environment. */
export function nameOf({ path, env = {} }: Tests): string {
  const settings = Object.entries(env).map(([name, value]) =>
    ` ${name}=${value}`
  );
  return path + settings.join("");
}

/** Reads the arguments. `isThere` says if a path from the root exists. */
export function planOf(
  args: readonly string[],
  isThere: (path: string) => boolean,
): Result<Plan, string> {
  const names = args.filter((arg) => !arg.startsWith("--"));
  const [name] = names;
  if (name === undefined || names.length > 1) return err(USAGE);
  const [, given = "", line] = /^(.*?)(?::(\d+))?$/.exec(name) ?? [];
  const path = given.replace(/\/$/, "");
  const target = [path, `lib/${path}`].find(isThere);
  if (target === undefined) return err(`No room or file ${name}\n\n${USAGE}`);
  const options = optionsOf(args.filter((arg) => arg.startsWith("--")));
  if (!options.ok) return options;
  const { count, seed, part, atLeast, tests } = options.value;
  return ok({
    target,
    ...(line !== undefined && { line: Number(line) }),
    count: count ?? COUNT,
    ...(seed !== undefined && { seed }),
    ...(part !== undefined && { part }),
    tests: tests ?? testsOf(target),
    atLeast: atLeast ?? 0,
  });
}

interface Options {
  count?: number;
  seed?: number;
  part?: Part;
  atLeast?: number;
  tests?: Tests[];
}

function optionsOf(args: readonly string[]): Result<Options, string> {
  const options: Options = {};
  for (const arg of args) {
    const [, name, value = ""] = /^--([a-z-]+)=(.+)$/.exec(arg) ?? [];
    const number = /^\d+$/.test(value) ? Number(value) : undefined;
    const part = partOf(value);
    if (name === "tests") {
      options.tests = value.split(",").map((path) => ({ path }));
    } else if (name === "part" && part !== undefined) options.part = part;
    else if (number === undefined) return err(unknown(arg));
    else if (name === "count" && number > 0) options.count = number;
    else if (name === "seed") options.seed = number;
    else if (name === "at-least" && number <= 100) options.atLeast = number;
    else return err(unknown(arg));
  }
  return ok(options);
}

/** Reads `2/3`. */
function partOf(value: string): Part | undefined {
  const [, number, of] = /^(\d+)\/(\d+)$/.exec(value)?.map(Number) ?? [];
  if (number === undefined || of === undefined) return undefined;
  return 1 <= number && number <= of ? { number, of } : undefined;
}

function unknown(arg: string): string {
  return `Unknown option or value: ${arg}\n\n${USAGE}`;
}

/** The tests of the room that a folder or file belongs to. */
function testsOf(target: string): Tests[] {
  const known = Object.keys(ROOMS).filter((room) => isIn(target, room))
    .sort((a, b) => b.length - a.length);
  const own = known.map((room) => ROOMS[room])[0];
  if (own !== undefined) return own;
  const parts = target.replace(/\/?[^/]+\.ts$/, "").split("/");
  const isPart = parts[0] === "lib" || parts[0] === "components";
  return [{ path: parts.slice(0, isPart ? 2 : 1).join("/") }];
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
