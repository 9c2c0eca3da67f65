import { toHex } from "@/lib/base/ids.ts";

/** The one name that embedding pages know; the chunks' names hold a hash. */
const ENTRY = "widget.js";
const HASHED = /^[\w.-]+-[A-Z0-9]{8}\.js$/;

interface WidgetFile {
  plain: Uint8Array<ArrayBuffer>;
  br: Uint8Array<ArrayBuffer> | undefined;
  gzip: Uint8Array<ArrayBuffer> | undefined;
  etag: string;
  cacheControl: string;
}

/**
 * The widget's script and chunks, read once and kept in memory. Any page may
 * load them: they are public and hold no secret.
 */
export class WidgetFiles {
  readonly #files: ReadonlyMap<string, WidgetFile>;

  private constructor(files: ReadonlyMap<string, WidgetFile>) {
    this.#files = files;
  }

  /** Reads what `buildWidget` made. Rejects if it is not there. */
  static async read(folder: URL): Promise<WidgetFiles> {
    const files = new Map<string, WidgetFile>();
    for await (const { name } of Deno.readDir(folder)) {
      if (!name.endsWith(".js")) continue;
      const plain = await Deno.readFile(new URL(name, folder));
      files.set(`/${name}`, {
        plain,
        br: await readIfThere(new URL(`${name}.br`, folder)),
        gzip: await readIfThere(new URL(`${name}.gz`, folder)),
        etag: await etagOf(plain),
        // The entry is asked for again each time, so that an update reaches
        // every website at once; mostly the answer is 304 and has no body.
        cacheControl: HASHED.test(name)
          ? "public, max-age=31536000, immutable"
          : "public, no-cache",
      });
    }
    if (!files.has(`/${ENTRY}`)) {
      throw new Error(`Cannot find ${ENTRY} in ${folder}: build first`);
    }
    return new WidgetFiles(files);
  }

  /** Answers a GET or HEAD for one of the files; undefined for anything else. */
  serve(request: Request): Response | undefined {
    if (request.method !== "GET" && request.method !== "HEAD") return undefined;
    const file = this.#files.get(new URL(request.url).pathname);
    if (file === undefined) return undefined;
    const headers = new Headers({
      "access-control-allow-origin": "*",
      "cache-control": file.cacheControl,
      "content-type": "text/javascript; charset=utf-8",
      "cross-origin-resource-policy": "cross-origin",
      etag: file.etag,
      vary: "Accept-Encoding",
      "x-content-type-options": "nosniff",
    });
    if (isKnown(request, file.etag)) {
      return new Response(null, { status: 304, headers });
    }
    const { body, encoding } = choose(file, request);
    if (encoding !== undefined) headers.set("content-encoding", encoding);
    headers.set("content-length", String(body.byteLength));
    return new Response(request.method === "HEAD" ? null : body, { headers });
  }
}

function choose(file: WidgetFile, request: Request) {
  const accepted = request.headers.get("accept-encoding") ?? "";
  for (const encoding of ["br", "gzip"] as const) {
    const body = file[encoding];
    if (
      body && new RegExp(`\\b${encoding}\\b(?!;q=0(?:[,\\s]|$))`).test(accepted)
    ) {
      return { body, encoding };
    }
  }
  return { body: file.plain };
}

function isKnown(request: Request, etag: string): boolean {
  const known = request.headers.get("if-none-match") ?? "";
  return known.split(",").some((tag) =>
    tag.trim().replace(/^W\//, "") === etag
  );
}

async function etagOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `"${toHex(hash).slice(0, 32)}"`;
}

async function readIfThere(
  url: URL,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await Deno.readFile(url);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
