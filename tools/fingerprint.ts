import { hashOf } from "./hash.ts";
import { fileUrl } from "../file_url.ts";
import { walk } from "./walk.ts";

/** Returns a value that changes with the content or the name of any file in
 * `paths`. */
export async function fingerprint(root: URL, paths: string[]): Promise<string> {
  const parts: (string | Uint8Array)[] = [Deno.version.deno];
  for (const path of paths) {
    for (const file of await filesOf(root, path)) {
      parts.push(file, await Deno.readFile(fileUrl(file, root)));
    }
  }
  return hashOf(...parts);
}

/** Leaves out tests and documents. */
async function filesOf(root: URL, path: string): Promise<string[]> {
  if (!path.endsWith("/")) return await exists(root, path) ? [path] : [];
  const inside = await walk(new URL(path, root));
  return inside.filter((file) => !/_test\.tsx?$|\.md$/.test(file))
    .map((file) => path + file);
}

async function exists(root: URL, path: string): Promise<boolean> {
  try {
    return (await Deno.stat(new URL(path, root))).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
