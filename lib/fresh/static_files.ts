import { LOCK } from "./assets.ts";
import type { Encoding, StaticFile } from "./prod_build_cache.ts";
import { fileUrl } from "./file_url.ts";
import { liveReload } from "./live_reload.ts";
import type { Middleware } from "./types.ts";

const FOREVER = "public, max-age=31536000, immutable";
const SUFFIX: Record<Encoding, string> = { br: ".br", gzip: ".gz" };

/**
 * Serves the files of the build: `static/`, islands. Opens only files in the
 * build's list, so no path leads anywhere else.
 */
export function staticFiles<State>(): Middleware<State> {
  return async (ctx) => {
    const { req, url, build, config } = ctx;
    const reads = req.method === "GET" || req.method === "HEAD";
    if (build === null || !reads) return await ctx.next();
    const path = decoded(url.pathname);
    if (config.mode === "development") {
      const response = liveReload(path, build.id);
      if (response) return response;
    }
    const file = build.files.get(path);
    return file ? await served(file, ctx.req, build.root) : await ctx.next();
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // No file has this name.
  }
}

async function served(
  file: StaticFile,
  req: Request,
  root: URL,
): Promise<Response> {
  const etag = `W/"${file.hash}"`;
  const lock = new URL(req.url).searchParams.get(LOCK);
  const headers = new Headers({
    etag,
    "cache-control": file.immutable || lock === file.hash
      ? FOREVER
      : "no-cache", // Cached, but revalidated each time.
  });
  if (file.encodings.length > 0) headers.set("vary", "accept-encoding");
  if (matches(req.headers.get("if-none-match"), etag)) {
    return new Response(null, { status: 304, headers });
  }
  const encoding = chosen(file.encodings, req.headers.get("accept-encoding"));
  if (encoding) headers.set("content-encoding", encoding);
  headers.set("content-type", file.type);
  const name = file.file + (encoding ? SUFFIX[encoding] : "");
  // The files are small and few; reading one at once takes a quarter of the
  // time.
  const content = await Deno.readFile(fileUrl(name, root));
  headers.set("content-length", `${content.length}`);
  return new Response(content, { headers });
}

/** RFC 9110, 13.1.2: a list of tags, compared weakly, or a star. */
function matches(header: string | null, etag: string): boolean {
  return (header ?? "").split(",").map((tag) => tag.trim())
    .some((tag) => tag === "*" || tag === etag || `W/${tag}` === etag);
}

/** Returns the first of our encodings that the browser accepts. */
function chosen(
  encodings: Encoding[],
  header: string | null,
): Encoding | undefined {
  const taken = new Map(
    (header ?? "").toLowerCase().split(",").map((part) => {
      const [name = "", q = "q=1"] = part.split(";").map((text) => text.trim());
      return [name, Number(q.replace(/^q=/, ""))];
    }),
  );
  return encodings.find((name) => (taken.get(name) ?? 0) > 0);
}
