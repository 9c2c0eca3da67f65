import { files } from "./files.ts";

const ROOT = new URL("../../", import.meta.url);
/** These start small apps of their own, and a build belongs to the whole process,
 * as in Fresh. */
const OWN_PROGRAM = /^tests\/(http|e2e)\/fresh_/;

/** Modules for `deno test`. Most of them import many test files. */
export interface Gathered extends AsyncDisposable {
  modules: string[];
}

/** Files and folders of tests, relative to the root. */
export interface Selection {
  /** All tests if absent. */
  only?: readonly string[];
  except?: readonly string[];
}

/**
 * Gathers the selected test files into up to three modules: of lib, of tests, and
 * the others. `deno test` loads the whole program for each module, which takes
 * longer than the tests of most files. A few files stay separate modules.
 */
export async function gather(selection: Selection): Promise<Gathered> {
  const folder = await Deno.makeTempDir({ prefix: "contact-widgets-tests-" });
  return {
    modules: await gatherInto(folder, selection),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

/** Gathers the test files of the repository at `root` into modules in `folder`.
 * Returns the modules. */
export async function gatherInto(
  folder: string,
  selection: Selection,
  root: URL = ROOT,
): Promise<string[]> {
  const parts: Record<string, string[]> = { lib: [], tests: [], others: [] };
  const modules: string[] = [];
  for (const path of await testFiles(selection, root)) {
    if (OWN_PROGRAM.test(path)) {
      modules.push(path);
      continue;
    }
    const room = path.slice(0, path.indexOf("/"));
    (parts[room] ?? parts["others"])?.push(path);
  }
  for (const [part, paths] of Object.entries(parts)) {
    if (paths.length === 0) continue;
    const module = `${folder}/${part}_test.ts`;
    const imports = paths.map((path) =>
      `import ${JSON.stringify(new URL(path, root).href)};\n`
    );
    await Deno.writeTextFile(module, imports.join(""));
    modules.push(module);
  }
  return modules;
}

/** Returns the paths of the selected test files, sorted. */
export async function testFiles(
  { only, except = [] }: Selection,
  root: URL = ROOT,
): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of files(/_test\.tsx?$/, "", root)) {
    const isIn = (place: string) =>
      path === place || path.startsWith(`${place}/`);
    const isWanted = only?.some(isIn) ?? true;
    if (isWanted && !except.some(isIn)) paths.push(path);
  }
  return paths.sort();
}
