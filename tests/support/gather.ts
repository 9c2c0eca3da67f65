import { files } from "./files.ts";

const ROOT = new URL("../../", import.meta.url);
/** These start small apps of their own, and a build belongs to the whole process,
 * as in Fresh. */
const OWN_PROGRAM = /^tests\/http\/fresh_/;

/** Modules for `deno test`. Most of them import many test files. */
export interface Gathered extends AsyncDisposable {
  modules: string[];
}

/**
 * Gathers all test files except those in `ignored` (files and folders) into three
 * modules: of lib, of tests, and the others. `deno test` loads the whole program
 * for each module, which takes longer than the tests of most files. A few files stay
 * modules of their own.
 */
export async function gather(ignored: readonly string[]): Promise<Gathered> {
  const folder = await Deno.makeTempDir({ prefix: "contact-widgets-tests-" });
  const parts: Record<string, string[]> = { lib: [], tests: [], others: [] };
  const modules: string[] = [];
  for (const path of await testFiles(ignored)) {
    if (OWN_PROGRAM.test(path)) {
      modules.push(path);
      continue;
    }
    const room = path.slice(0, path.indexOf("/"));
    (parts[room] ?? parts["others"])?.push(path);
  }
  for (const [part, paths] of Object.entries(parts)) {
    const module = `${folder}/${part}_test.ts`;
    const imports = paths.map((path) =>
      `import ${JSON.stringify(new URL(path, ROOT).href)};\n`
    );
    await Deno.writeTextFile(module, imports.join(""));
    modules.push(module);
  }
  return {
    modules,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

async function testFiles(ignored: readonly string[]): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of files(/_test\.tsx?$/)) {
    const isIgnored = ignored.some((one) =>
      path === one || path.startsWith(`${one}/`)
    );
    if (!isIgnored) paths.push(path);
  }
  return paths.sort();
}
