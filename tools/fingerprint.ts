import { createHash } from "node:crypto";

/** Returns a value that changes with the content or the name of any file in
 * `paths`. Folders end in a slash; their tests and documents don't count. */
export async function fingerprint(root: URL, paths: string[]): Promise<string> {
  const hash = createHash("sha256").update(Deno.version.deno);
  for (const path of paths) {
    for await (const file of filesOf(root, path)) {
      const content = await Deno.readFile(new URL(encodeURI(file), root));
      // "ab","c" is not "a","bc".
      hash.update(`\n${file} ${content.length}\n`).update(content);
    }
  }
  return hash.digest("hex").slice(0, 16);
}

/** Lists a file, or the sorted files of a folder; nothing if it is missing. */
async function* filesOf(root: URL, path: string): AsyncGenerator<string> {
  const url = new URL(encodeURI(path), root);
  try {
    if (!path.endsWith("/")) {
      if ((await Deno.stat(url)).isFile) yield path;
      return;
    }
    const names = await Array.fromAsync(
      Deno.readDir(url),
      ({ name, isDirectory }) => isDirectory ? name + "/" : name,
    );
    for (const name of names.sort()) {
      const isCounted = !/^\.|_test\.tsx?$|\.md$/.test(name);
      if (isCounted) yield* filesOf(root, path + name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
