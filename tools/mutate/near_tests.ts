import { basename, dirname } from "node:path";

/**
 * Returns the tests in the folder of a program's file that import it or have its
 * name: most errors are noticed by them, in a fraction of the time that all tests
 * of the room take.
 */
export async function nearTests(root: string, path: string): Promise<string[]> {
  const folder = dirname(path);
  const imported = `/${basename(path)}"`;
  const own = basename(path).replace(/\.tsx?$/, "_test.");
  const found: string[] = [];
  for await (const { name } of Deno.readDir(`${root}/${folder}`)) {
    if (!/_test\.tsx?$/.test(name)) continue;
    const text = await Deno.readTextFile(`${root}/${folder}/${name}`);
    const isNear = name.startsWith(own) || text.includes(imported);
    if (isNear) found.push(`${folder}/${name}`);
  }
  return found.sort();
}
