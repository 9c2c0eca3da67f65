import { fileURLToPath } from "node:url";
import { errorMessage } from "@/lib/base/error_message.ts";
import { selfExtracting } from "./self_extracting.ts";

// Builds dist/contact-widgets: a single file with the server, the islands, the
// widget's script and the texts, that needs no other installation.

const ROOT = new URL("../", import.meta.url);
const USAGE = "Usage: deno run -A tools/compile.ts [--self-extracting] [FILE]";

/** Permissions of the program. It starts no other program, and loads only its
 * own code. */
export const RIGHTS = [
  "--unstable-kv",
  "--no-prompt",
  "--allow-net",
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-sys",
];

if (import.meta.main) {
  const names = Deno.args.filter((arg) => arg !== "--self-extracting");
  if (names.length > 1 || names[0]?.startsWith("-")) {
    console.error(USAGE);
    Deno.exit(2);
  }
  await compile(
    names[0] ?? fileURLToPath(new URL("dist/contact-widgets", ROOT)),
    { mayCompile: names.length === Deno.args.length },
  );
}

/** Writes the program to `file`; throws with the failed step. */
async function compile(
  file: string,
  { mayCompile }: { mayCompile: boolean },
): Promise<void> {
  const stage = await Deno.makeTempDir({ prefix: "contact-widgets-" });
  try {
    await bundleServer(`${stage}/app`);
    await Deno.mkdir(new URL("./", `file://${await absolute(file)}`), {
      recursive: true,
    });
    if (mayCompile && await denoCompile(stage, file)) return await say(file);
    await selfExtracting(stage, file, RIGHTS);
    await say(file);
  } finally {
    await Deno.remove(stage, { recursive: true });
  }
}

/**
 * Bundles server and routes into a few modules next to the browsers' files. So
 * the program doesn't have to find packages, and starts faster than from its
 * sources. The two entries share their chunks, because they share their state.
 */
async function bundleServer(app: string): Promise<void> {
  await run([
    "bundle",
    "--quiet",
    "--platform=deno",
    "--code-splitting",
    `--outdir=${app}`,
    "main.ts",
    "_fresh/snapshot.js",
  ]);
  await copyFolder(new URL("_fresh/", ROOT), new URL(`file://${app}/_fresh/`));
}

/** Copies everything except bundled code and files that only builds need. */
async function copyFolder(from: URL, to: URL): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (name === "snapshot.js" || name === "entries") continue;
    const [source, target] = [new URL(name, from), new URL(name, to)];
    if (isDirectory) {
      await copyFolder(new URL(`${source}/`), new URL(`${target}/`));
    } else await Deno.copyFile(source, target);
  }
}

/** Returns true if `deno compile` built a program that serves. It needs a
 * runtime that it downloads; if that fails, the caller has an alternative. */
async function denoCompile(stage: string, file: string): Promise<boolean> {
  const app = `${stage}/app`;
  const part = `${file}.part`; // deno compile replaces no file of another kind.
  try {
    await run([
      "compile",
      "--quiet",
      "--no-config",
      ...RIGHTS,
      `--include=${app}`,
      `--output=${part}`,
      `${app}/main.js`,
    ]);
    await serves(part, `${stage}/data`);
    await Deno.rename(part, file);
    return true;
  } catch (error) {
    const said = errorMessage(error);
    // The innermost cause that Deno reports.
    const why = /^ +\d+: (error sending request .*?\))/m.exec(said)?.[1] ??
      said.split("\n")[0];
    console.log(
      `deno compile does not work here (${why}), so this is a file that ` +
        "unpacks itself",
    );
    return false;
  }
}

/** Resolves when the program has started with all its files; rejects with its
 * output instead. */
async function serves(file: string, data: string): Promise<void> {
  const child = new Deno.Command(file, {
    args: ["--host=127.0.0.1", "--port=0", `--data=${data}`],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let said = "";
  for await (const bytes of child.stdout) {
    said += new TextDecoder().decode(bytes);
    if (/^Ready$/m.test(said)) child.kill("SIGTERM");
  }
  const { code } = await child.status;
  if (code !== 0 || !/^Ready$/m.test(said)) {
    throw new Error(`${file} does not start: ${said || `code ${code}`}`);
  }
}

async function say(file: string): Promise<void> {
  const { size } = await Deno.stat(file);
  const version = await command(file, ["--version"]);
  console.log(`${file}: ${version.trim()}, ${Math.round(size / 1e6)} MB`);
}

async function absolute(file: string): Promise<string> {
  return file.startsWith("/") ? file : `${await Deno.realPath(".")}/${file}`;
}

async function run(args: string[]): Promise<void> {
  await command(Deno.execPath(), args);
}

async function command(program: string, args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args,
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  if (success) return decoder.decode(stdout);
  throw new Error(
    decoder.decode(stderr).trim() ||
      `Cannot run ${program} ${args.slice(0, 1).join(" ")}`,
  );
}
