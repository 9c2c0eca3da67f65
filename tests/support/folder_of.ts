/** A folder with these files, gone at the end of the test. */
export async function folderOf(
  files: Record<string, string>,
): Promise<AsyncDisposable & { path: string; url: URL; write: Write }> {
  const path = await Deno.makeTempDir({ prefix: "fresh-" });
  const url = new URL(`file://${path}/`);
  const write: Write = async (name, text) => {
    await Deno.mkdir(new URL(".", new URL(name, url)), { recursive: true });
    await Deno.writeTextFile(new URL(name, url), text);
  };
  for (const [name, text] of Object.entries(files)) await write(name, text);
  return {
    path,
    url,
    write,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

type Write = (name: string, text: string) => Promise<void>;
