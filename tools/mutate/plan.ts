import { err, ok, type Result } from "@/lib/base/result.ts";

export const USAGE = `Usage: deno task mutate ROOM [options]

ROOM is a folder (lib/contact, or just contact), a file, or a line (file:30).
  --count=45      Mutants to run, at most 4 in a file and 1 in a line
  --seed=N        Repeats an earlier choice
  --tests=A,B     Test paths, run in this order until one fails
  --at-least=90   Exit code 1 if fewer percent are noticed`;

export interface Plan {
  /** A folder or a file, from the root. */
  target: string;
  /** All mutants of this line only. */
  line?: number;
  count: number;
  seed?: number;
  /** Each is one run of `deno test`; the next starts if nothing failed. */
  tests: string[];
  atLeast: number;
}

/** Mutants of one file at most. One file must not decide the score. */
export const PER_FILE_MAX = 4;
const COUNT = 45;

/** Tests outside of a room that are also meant to notice its errors. */
const MORE_TESTS: Record<string, string[]> = {
  "lib/contact": ["tests/contact"],
  "lib/visitor": ["tests/contact"],
  "lib/desk": ["tests/contact"],
  "lib/port": ["tests/http"],
  "lib/program": ["tests/ops/operator_test.ts", "tests/ops/public_url_test.ts"],
  "lib/web": ["tests/http"],
  "desk": ["tests/model"],
  "widget": ["tests/model"],
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
  const { count, seed, atLeast, tests } = options.value;
  return ok({
    target,
    ...(line !== undefined && { line: Number(line) }),
    count: count ?? COUNT,
    ...(seed !== undefined && { seed }),
    tests: tests ?? testsOf(target),
    atLeast: atLeast ?? 0,
  });
}

interface Options {
  count?: number;
  seed?: number;
  atLeast?: number;
  tests?: string[];
}

function optionsOf(args: readonly string[]): Result<Options, string> {
  const options: Options = {};
  for (const arg of args) {
    const [, name, value = ""] = /^--([a-z-]+)=(.+)$/.exec(arg) ?? [];
    const number = /^\d+$/.test(value) ? Number(value) : undefined;
    if (name === "tests") options.tests = value.split(",");
    else if (number === undefined) return err(unknown(arg));
    else if (name === "count" && number > 0) options.count = number;
    else if (name === "seed") options.seed = number;
    else if (name === "at-least" && number <= 100) options.atLeast = number;
    else return err(unknown(arg));
  }
  return ok(options);
}

function unknown(arg: string): string {
  return `Unknown option or value: ${arg}\n\n${USAGE}`;
}

/** The tests of the room that a folder or file belongs to. */
function testsOf(target: string): string[] {
  const parts = target.replace(/\/?[^/]+\.ts$/, "").split("/");
  const isPart = parts[0] === "lib" || parts[0] === "components";
  const room = parts.slice(0, isPart ? 2 : 1).join("/");
  return [room, ...MORE_TESTS[room] ?? []];
}
