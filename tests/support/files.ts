const ROOT = new URL("../../", import.meta.url);

/** Yields the files of the repository, or of another one at `root`, whose path
 * matches `name`, without built and stored ones. */
export async function* files(
  name: RegExp,
  folder = "",
  root: URL = ROOT,
): AsyncGenerator<{ path: string; text: string }> {
  for await (const entry of Deno.readDir(new URL("./" + folder, root))) {
    const path = folder + entry.name;
    if (
      /^(\.|_fresh$|_walk$|node_modules$|static$|data$|dist$)/.test(entry.name)
    ) {
      continue;
    }
    if (entry.isDirectory) yield* files(name, path + "/", root);
    else if (name.test(path)) {
      yield { path, text: await Deno.readTextFile(new URL(path, root)) };
    }
  }
}
