const ROOT = new URL("../../", import.meta.url).pathname;

/** The program of an earlier commit, built in a separate folder. */
export interface EarlierProgram extends AsyncDisposable {
  /** Path of its main.ts. */
  main: string;
  /** The commit, in short. */
  commit: string;
}

/** Takes a commit out of the history of this clone, and builds it. Rejects if the
 * clone does not have it. */
export async function buildEarlier(ref: string): Promise<EarlierProgram> {
  const commit = await run("git", ["rev-parse", "--short", `${ref}^{commit}`]);
  await using stack = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: "widgets-earlier-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const archive = `${folder}/archive.tar`;
  await run("git", ["archive", "--format=tar", `--output=${archive}`, commit]);
  await run("tar", ["-xf", archive, "-C", folder]);
  await run(Deno.execPath(), ["run", "-A", "dev.ts", "build"], folder);
  const all = stack.move();
  return {
    main: `${folder}/main.ts`,
    commit,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Runs a program to its end, and returns what it prints. */
async function run(
  program: string,
  args: readonly string[],
  cwd = ROOT,
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    ...{ args: [...args], cwd, env: { NO_COLOR: "1" } },
  }).output();
  const decoder = new TextDecoder();
  if (!success) {
    throw new Error(`${program} ${args.join(" ")}: ${decoder.decode(stderr)}`);
  }
  return decoder.decode(stdout).trim();
}
