import process from "node:process";
import * as v from "valibot";
import { ROOMS } from "@/tests/house/rooms.ts";
import { idOf, Lock, Manifest, problemsOf } from "./dependency_rules.ts";

// Checks every package in deno.lock: everything that can be checked locally,
// and the registry's advisories, if it answers.

const ROOT = new URL("../", import.meta.url);
const USAGE = "Usage: deno run -A tools/audit.ts [--advisories=required]";

/** The result of the query for known vulnerabilities. */
export type Advisories =
  | { is: "none" }
  | { is: "found"; text: string }
  | { is: "unanswered"; why: string };

if (import.meta.main) {
  const [option, ...more] = Deno.args;
  const isRequired = option === "--advisories=required";
  if (more.length > 0 || (option !== undefined && !isRequired)) {
    console.error(USAGE);
    Deno.exit(2);
  }
  const problems = await lookAtPackages();
  for (const problem of problems) console.error(problem);
  const isSafe = report(await askForAdvisories(), isRequired);
  if (problems.length > 0 || !isSafe) Deno.exit(1);
}

/** Returns problems of the installed packages; a sentence if there are no
 * packages. */
async function lookAtPackages(): Promise<string[]> {
  await deno(["install", "--frozen", "--quiet"]);
  const { stdout } = await deno(["info", "--json"]);
  const { npmCache } = v.parse(
    v.object({ npmCache: v.string() }),
    JSON.parse(stdout),
  );
  const lock = v.parse(Lock, await readJson(new URL("deno.lock", ROOT)));
  const { imports } = v.parse(
    v.object({ imports: v.record(v.string(), v.string()) }),
    await readJson(new URL("deno.json", ROOT)),
  );
  const ids = Object.keys(lock.npm).map(idOf);
  const known = await manifestsOf(npmCache, ids);
  // `deno install` brings the packages that deno.json names. Those that they
  // depend on come when a program first needs them.
  const absent = ids.filter((id) => !known.has(id)).map((id) => `npm:${id}`);
  if (absent.length > 0) await deno(["cache", "--no-lock", ...absent]);
  const manifests = await manifestsOf(npmCache, ids);
  const shipped = ROOMS.flatMap(({ packages }) => packages);
  const problems = problemsOf({
    lock,
    imports,
    shipped,
    manifest: (id) => manifests.get(id),
    platform: { os: process.platform, cpu: process.arch },
  });
  if (problems.length === 0) {
    console.log(
      `${Object.keys(lock.npm).length} packages: pinned, with their hash, ` +
        "under licences that we allow, without install scripts, not deprecated",
    );
  }
  return problems;
}

async function manifestsOf(
  npmCache: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Manifest>> {
  const manifests = new Map<string, Manifest>();
  for (const id of ids) {
    const manifest = await installed(npmCache, id);
    if (manifest !== undefined) manifests.set(id, manifest);
  }
  return manifests;
}

/** Prints the advisories; returns false if the check has to fail. */
function report(advisories: Advisories, isRequired: boolean): boolean {
  switch (advisories.is) {
    case "none":
      console.log("No known vulnerabilities");
      return true;
    case "found":
      console.error(advisories.text);
      return false;
    case "unanswered":
      console.error(
        `ADVISORIES WERE NOT CHECKED: the registry does not tell here ` +
          `(${advisories.why}). Before a release: deno task audit ` +
          "--advisories=required",
      );
      return !isRequired;
  }
}

/** Returns the answer of the registry's advisory service to `deno audit`. */
export async function askForAdvisories(
  env: Record<string, string> = {},
): Promise<Advisories> {
  const { success, stdout, stderr } = await deno(["audit"], env);
  if (success) return { is: "none" };
  if (/^Found \d+ vulnerabilit/m.test(stdout)) {
    return { is: "found", text: stdout.trim() };
  }
  const why = stderr.split("\n")[0]?.replace(/^error: /, "") ?? "no answer";
  return { is: "unanswered", why: why.replaceAll(/\s*\(?https?:\S+/g, "") };
}

/** Returns the packages that Deno has installed, with the registry's data about
 * them at that time. */
async function installed(
  npmCache: string,
  id: string,
): Promise<Manifest | undefined> {
  const [, name, version = ""] = /^(@?[^@]+)@(.+)$/.exec(id) ?? [];
  for await (const registry of Deno.readDir(npmCache)) {
    const folder = `${npmCache}/${registry.name}/${name}`;
    try {
      const own = await readJson(`${folder}/${version}/package.json`);
      const { versions } = v.parse(
        v.object({ versions: v.record(v.string(), Manifest) }),
        await readJson(`${folder}/registry.json`),
      );
      const { deprecated = false } = versions[version] ?? {};
      return { ...v.parse(Manifest, own), deprecated };
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return undefined;
}

async function readJson(file: URL | string): Promise<unknown> {
  return JSON.parse(await Deno.readTextFile(file));
}

async function deno(args: string[], env: Record<string, string> = {}) {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: ROOT,
    env: { NO_COLOR: "1", ...env },
  }).output();
  const decoder = new TextDecoder();
  return {
    success,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}
