import { toHex } from "@/lib/base/ids.ts";

/** The one name that embedding pages know; the chunks' names hold a hash. */
const ENTRY = "widget.js";
/** The longest name that was ever built has about 30 characters. */
const HASHED = /^[\w.-]{1,51}-[A-Z0-9]{8}\.js$/;
const ACCEPTS = {
  br: /\bbr\b(?!;q=0(?:[,\s]|$))/,
  gzip: /\bgzip\b(?!;q=0(?:[,\s]|$))/,
};

/** As much of a request as decides about a file; node's own has all of it. */
export interface FileRequest {
  method?: string | undefined;
  /** Path, and a query that means nothing here. */
  url?: string | undefined;
  headers: Record<string, string | string[] | undefined>;
}

export interface FileAnswer {
  status: 200 | 304;
  headers: Record<string, string>;
  /** Absent if the answer has none, as to HEAD. */
  body?: Uint8Array<ArrayBuffer>;
}

/** One file in one encoding, ready to be sent. */
interface Form {
  encoding: "br" | "gzip" | undefined;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer>;
}

export interface WidgetFile {
  etag: string;
  /** Headers of a 304. */
  headers: Record<string, string>;
  /** The smallest first; the last is plain. */
  forms: Form[];
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
      if (typeOf(name) === undefined) continue;
      files.set(`/${name}`, await readFile(name, folder));
    }
    if (!files.has(`/${ENTRY}`)) {
      throw new Error(`Cannot find ${ENTRY} in ${folder}: build first`);
    }
    return new WidgetFiles(files);
  }

  /** The answer to a GET or HEAD of one of the files; else undefined. */
  answer(request: FileRequest): FileAnswer | undefined {
    const file = this.#files.get(request.url?.split("?", 1)[0] ?? "");
    return isRead(request) && file ? answerOf(file, request) : undefined;
  }

  /** The scripts whose names hold a hash of their content. */
  hashed(): { name: string; gzip: Uint8Array<ArrayBuffer> }[] {
    return [...this.#files].flatMap(([path, { forms }]) => {
      const name = path.slice(1);
      const packed = forms.find(({ encoding }) => encoding === "gzip");
      return HASHED.test(name) && packed ? [{ name, gzip: packed.body }] : [];
    });
  }
}

/** The name that a GET or HEAD asks for, if it is one with a hash. */
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
  return await widgetFile(name, {
    plain: await Deno.readFile(new URL(name, folder)),
    br: await readIfThere(new URL(`${name}.br`, folder)),
    gzip: await readIfThere(new URL(`${name}.gz`, folder)),
  });
}

type Body = Uint8Array<ArrayBuffer>;

/** A file in the encodings that are there. */
export async function widgetFile(
  name: string,
  { plain, br, gzip }: {
    plain: Body;
    br?: Body | undefined;
    gzip?: Body | undefined;
  },
): Promise<WidgetFile> {
  const etag = await etagOf(plain);
  const headers = {
    "access-control-allow-origin": "*",
    // The entry is asked for again each time, so that an update reaches
    // every website at once; mostly the answer is 304 and has no body.
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

/** Of what pages may ask for: scripts, the pinned one's name, the types. */
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
