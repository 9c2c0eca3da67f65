const ROOT = new URL("../../", import.meta.url);

/** Yields the files of the repository whose path matches `name`, without built and
 * stored ones. */
export async function* files(
  name: RegExp,
  folder = "",
): AsyncGenerator<{ path: string; text: string }> {
  for await (const entry of Deno.readDir(new URL("./" + folder, ROOT))) {
    const path = folder + entry.name;
    if (
      /^(\.|_fresh$|_walk$|node_modules$|static$|data$|dist$)/.test(entry.name)
    ) {
      continue;
    }
    if (entry.isDirectory) yield* files(name, path + "/");
    else if (name.test(path)) {
      yield { path, text: await Deno.readTextFile(new URL(path, ROOT)) };
    }
  }
}
