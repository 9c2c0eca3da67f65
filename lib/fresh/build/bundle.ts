import { fileURLToPath } from "node:url";
import { hashOf } from "./hash.ts";
import { walk } from "./walk.ts";

export interface BundleFolders {
  from: URL;
  to: URL;
  /** Rewrites the bundled scripts before the entries get their names. */
  lower: ((folder: URL) => Promise<void>) | undefined;
}

/**
 * Bundles entry modules for browsers into a folder, with `deno bundle`. Returns
 * each entry's file name and those of its chunks. Throws with the output if it
 * fails.
 */
export async function bundle(
  entries: string[],
  { from, to, lower }: BundleFolders,
): Promise<Map<string, [string, ...string[]]>> {
  const args = [
    "bundle",
    "--quiet",
    "--platform",
    "browser",
    "--minify",
    "--code-splitting",
    "--outdir",
    fileURLToPath(to),
    ...entries.map((name) => fileURLToPath(new URL(`${name}.ts`, from))),
  ];
  const command = new Deno.Command(Deno.execPath(), { args });
  const { success, stderr } = await command.output();
  if (!success) {
    const text = new TextDecoder().decode(stderr);
    throw new Error(`Cannot bundle ${entries.join(", ")}:\n${text}`);
  }
  await lower?.(to);
  return await named(entries, to);
}

/** Names the entries by their content; chunks already have a hash. */
async function named(
  entries: string[],
  folder: URL,
): Promise<Map<string, [string, ...string[]]>> {
  const names = new Map<string, [string, ...string[]]>();
  const files = new Set(await walk(folder));
  for (const entry of entries) {
    const from = new URL(`${entry}.js`, folder);
    const name = `${entry}-${hashOf(await Deno.readFile(from))}.js`;
    await Deno.rename(from, new URL(name, folder));
    const chunks = new Set<string>();
    await findChunks(new URL(name, folder), files, chunks);
    names.set(entry, [name, ...chunks]);
  }
  return names;
}

/** Adds the files that a bundled file imports statically, directly or
 * indirectly. */
async function findChunks(
  url: URL,
  files: Set<string>,
  found: Set<string>,
): Promise<void> {
  const code = await Deno.readTextFile(url);
  for (const [, name = ""] of code.matchAll(/(?:from|import)"\.\/([^"]+)"/g)) {
    if (found.has(name) || !files.has(name)) continue;
    found.add(name);
    await findChunks(new URL(name, url), files, found);
  }
}
