/**
 * Returns the sorted relative paths of all files below a folder, without hidden
 * ones. A folder that does not exist has none. Its URL ends in a slash.
 */
export async function walk(folder: URL): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await entriesOf(folder)) {
    if (entry.name.startsWith(".")) continue;
    if (!entry.isDirectory) found.push(entry.name);
    else {
      const inner = new URL(encodeURIComponent(entry.name) + "/", folder);
      const below = await walk(inner);
      found.push(...below.map((path) => `${entry.name}/${path}`));
    }
  }
  return found.sort();
}

async function entriesOf(folder: URL): Promise<Deno.DirEntry[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
