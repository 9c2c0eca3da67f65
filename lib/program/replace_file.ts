/**
 * Writes a file that only its owner may read, and returns its number of bytes.
 * The texts go to `<file>.part` first, which replaces the file once all of it
 * is on the disk. If anything fails, the old file stays and the temporary one
 * is removed. A link stays, and the file that it leads to is replaced. Rejects
 * if `file` is anything but a regular file or a link to one.
 */
export async function replaceFile(
  file: string,
  texts: AsyncIterable<string>,
): Promise<number> {
  const target = await targetOf(file);
  const part = `${target}.part`;
  // A killed export may have left it. The target of a link must not be written.
  await Deno.remove(part).catch(unlessMissing);
  using out = await Deno.open(part, {
    write: true,
    createNew: true,
    mode: 0o600,
  });
  const { ino } = await out.stat();
  const isOwn = async () =>
    (await Deno.lstat(part).catch(unlessMissing))?.ino === ino;
  try {
    const bytes = await writeAll(out, texts);
    await out.sync();
    if (!await isOwn()) throw new Error("another export writes to it too");
    await Deno.rename(part, target);
    return bytes;
  } catch (error) {
    if (await isOwn()) await Deno.remove(part);
    throw error;
  }
}

/** Returns the path to write to. */
async function targetOf(file: string): Promise<string> {
  const own = await Deno.lstat(file).catch(unlessMissing);
  if (own === undefined) return file;
  const found = await Deno.stat(file).catch(unlessMissing);
  if (found === undefined) {
    throw new Error("it is a link to a file that does not exist");
  }
  if (!found.isFile) throw new Error("it is not a regular file");
  return own.isSymlink ? await Deno.realPath(file) : file;
}

/** Writes without `out.writable`, which loses the error of a write that is the
 * last one: a stream that is piped into it ends as if all were written. */
async function writeAll(
  out: Deno.FsFile,
  texts: AsyncIterable<string>,
): Promise<number> {
  const encoder = new TextEncoder();
  let written = 0;
  for await (const text of texts) {
    const bytes = encoder.encode(text);
    for (let at = 0; at < bytes.length;) {
      at += await out.write(bytes.subarray(at));
    }
    written += bytes.length;
  }
  return written;
}

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
