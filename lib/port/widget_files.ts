import { sha256Hex } from "@/lib/store/sha256.ts";

/** The only name that embedding pages use; the chunks' names contain a hash. */
const ENTRY = "widget.js";
/** The longest name of any build has about 30 characters. */
const HASHED = /^[\w.-]{1,51}-[A-Z0-9]{8}\.js$/;
const ACCEPTS = {
  br: /\bbr\b(?!;q=0(?:[,\s]|$))/,
  gzip: /\bgzip\b(?!;q=0(?:[,\s]|$))/,
};

/** The parts of a request that decide about a file; node's request has all of
 * them. */
export interface FileRequest {
  method?: string | undefined;
  /** Path, with a query that is ignored. */
  url?: string | undefined;
  headers: Record<string, string | string[] | undefined>;
}

export interface FileAnswer {
  status: 200 | 304;
  headers: Record<string, string>;
  /** Absent for a response without a body, such as to HEAD. */
  body?: Uint8Array<ArrayBuffer>;
}

/** A file in one encoding, ready to send. */
interface Form {
  encoding: "br" | "gzip" | undefined;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer>;
}

export interface WidgetFile {
  etag: string;
  /** Headers of a 304. */
  headers: Record<string, string>;
  /** Smallest first; the last one is not compressed. */
  forms: Form[];
}

/**
 * The widget's script and chunks, read once and kept in memory. Any page may
 * load them, because they are public and contain no secret.
 */
export class WidgetFiles {
  readonly #files: ReadonlyMap<string, WidgetFile>;

  private constructor(files: ReadonlyMap<string, WidgetFile>) {
    this.#files = files;
  }

  /** Reads the output of `buildWidget`. Rejects if it does not exist. */
  static async read(folder: URL): Promise<WidgetFiles> {
    const files = new Map<string, WidgetFile>();
    for await (const { name } of Deno.readDir(folder)) {
      if (typeOf(name) === undefined) continue;
      files.set(`/${name}`, await readFile(name, folder));
    }
    if (!files.has(`/${ENTRY}`)) {
      throw new Error(`Cannot find ${ENTRY} in ${folder}: build first`);
    }
    return new WidgetFiles(files);
  }

  /** Returns the answer to a GET or HEAD of one of the files; otherwise
   * undefined. */
  answer(request: FileRequest): FileAnswer | undefined {
    const file = this.#files.get(request.url?.split("?", 1)[0] ?? "");
    return isRead(request) && file ? answerOf(file, request) : undefined;
  }

  /** Returns the scripts whose names contain a hash of their content. */
  hashed(): { name: string; gzip: Uint8Array<ArrayBuffer> }[] {
    return [...this.#files].flatMap(([path, { forms }]) => {
      const name = path.slice(1);
      const packed = forms.find(({ encoding }) => encoding === "gzip");
      return HASHED.test(name) && packed ? [{ name, gzip: packed.body }] : [];
    });
  }
}

/** Returns the requested name of a GET or HEAD, if it contains a hash. */
export function hashedNameOf(request: FileRequest): string | undefined {
  const name = request.url?.split("?", 1)[0]?.slice(1) ?? "";
  return isRead(request) && HASHED.test(name) ? name : undefined;
}

export function answerOf(file: WidgetFile, request: FileRequest): FileAnswer {
  const { method, headers } = request;
  if (isKnown(file.etag, headers["if-none-match"])) {
    return { status: 304, headers: file.headers };
  }
  const form = choose(file.forms, headers["accept-encoding"]);
  const answer: FileAnswer = { status: 200, headers: form.headers };
  if (method === "GET") answer.body = form.body;
  return answer;
}

function isRead({ method }: FileRequest): boolean {
  return method === "GET" || method === "HEAD";
}

async function readFile(name: string, folder: URL): Promise<WidgetFile> {
  return widgetFile(name, {
    plain: await Deno.readFile(new URL(name, folder)),
    br: await readIfThere(new URL(`${name}.br`, folder)),
    gzip: await readIfThere(new URL(`${name}.gz`, folder)),
  });
}

type Body = Uint8Array<ArrayBuffer>;

/** Reads a file in its available encodings. */
export function widgetFile(
  name: string,
  { plain, br, gzip }: {
    plain: Body;
    br?: Body | undefined;
    gzip?: Body | undefined;
  },
): WidgetFile {
  const etag = `"${sha256Hex(plain).slice(0, 32)}"`;
  const headers = {
    "access-control-allow-origin": "*",
    // The entry is revalidated each time, so that an update reaches every
    // website immediately. The answer is usually 304 and has no body.
    "cache-control": HASHED.test(name)
      ? "public, max-age=31536000, immutable"
      : "public, no-cache",
    "content-type": `${typeOf(name)}; charset=utf-8`,
    "cross-origin-resource-policy": "cross-origin",
    etag,
    vary: "Accept-Encoding",
    "x-content-type-options": "nosniff",
  };
  const form = (
    encoding: Form["encoding"],
    body: Body | undefined,
  ): Form[] => {
    if (body === undefined) return [];
    const length = { "content-length": String(body.byteLength) };
    const encoded = encoding ? { "content-encoding": encoding } : {};
    return [{ encoding, headers: { ...headers, ...length, ...encoded }, body }];
  };
  const forms = [
    ...form("br", br),
    ...form("gzip", gzip),
    ...form(undefined, plain),
  ];
  return { etag, headers, forms };
}

/** Content types of the files for pages: scripts, the pinned one's name, the
 * types. */
function typeOf(name: string): string | undefined {
  if (name.endsWith(".js")) return "text/javascript";
  if (name === "widget.json") return "application/json";
  if (name === "widget.d.ts") return "text/plain";
  return undefined;
}

function choose(forms: Form[], accepted: string | string[] = ""): Form {
  const found = forms.find(({ encoding }) =>
    encoding === undefined || ACCEPTS[encoding].test(String(accepted))
  );
  if (found === undefined) throw new RangeError("Cannot find a plain form");
  return found;
}

function isKnown(etag: string, known: string | string[] = ""): boolean {
  return String(known).split(",").some((tag) =>
    tag.trim().replace(/^W\//, "") === etag
  );
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
