import { posix } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Encoding, StaticFile } from "../prod_build_cache.ts";
import { contentTypeOf, isCompressible } from "./content_type.ts";
import { hashOf } from "./hash.ts";
import { fileUrl } from "../file_url.ts";
import { walk } from "./walk.ts";

/** Smaller responses fit into one packet anyway. */
const COMPRESSED_BYTES_MIN = 1_000;

export interface StaticFolder {
  from: URL;
  /** URL path of the files; ends in a slash. */
  prefix: string;
  /** True for our own file names, which all contain a hash. */
  immutable: boolean;
}

/**
 * Copies a folder into the build, with compressed copies of files that become
 * smaller. The files are found later by their paths from `root`. `style` rewrites
 * the style sheets.
 */
export async function copyStatic(
  { from, prefix, immutable }: StaticFolder,
  { to, root }: { to: URL; root: URL },
  style?: (css: string) => string,
): Promise<StaticFile[]> {
  const folder = decodeURIComponent(posix.relative(root.pathname, to.pathname));
  return await Promise.all((await walk(from)).map(async (path) => {
    const source = fileUrl(path, from);
    const content = style !== undefined && path.endsWith(".css")
      ? new TextEncoder().encode(style(await Deno.readTextFile(source)))
      : await Deno.readFile(source);
    const target = fileUrl(path, to);
    await Deno.mkdir(new URL(".", target), { recursive: true });
    await Deno.writeFile(target, content);
    const type = contentTypeOf(path);
    return {
      path: prefix + path,
      file: `${folder}/${path}`,
      type,
      hash: hashOf(content),
      immutable,
      encodings: isCompressible(type) ? await compress(content, target) : [],
    };
  }));
}

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

async function compress(content: Uint8Array, at: URL): Promise<Encoding[]> {
  if (content.length < COMPRESSED_BYTES_MIN) return [];
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  await Deno.writeFile(
    new URL(at.href + ".br"),
    await brotli(content, { params }),
  );
  await Deno.writeFile(
    new URL(at.href + ".gz"),
    await gzipped(content, { level: 9 }),
  );
  return ["br", "gzip"];
}
