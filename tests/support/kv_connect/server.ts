import { Database, LimitError } from "./database.ts";
import { Message } from "./protobuf.ts";

/** The faults of a database. */
export interface Faults {
  /**
   * The fate of the first answer of every commit, which is done: `lost`
   * behind an error of a proxy, or `cut` off in the middle.
   */
  answers?: "lost" | "cut";
  /** Delay of each answer, in ms. */
  delayMs?: number;
  /** The status with which every call is refused. */
  refuse?: number;
}

export interface Server {
  port: number;
  /** Sets what goes wrong with the database of this name from now on. */
  be(database: string, faults: Faults): void;
}

const DAY_MS = 86_400_000;

/** A database and its faults. */
class Place {
  faults: Faults = {};
  readonly #database = new Database();
  readonly #seen = new Set<string>();

  answer(method: string, body: Uint8Array): Response {
    try {
      switch (method) {
        case "snapshot_read":
          return answerOf(this.#database.read(new Message(body)));
        case "atomic_write":
          return this.#write(body);
        default:
          return new Response(`no ${method} here`, { status: 404 });
      }
    } catch (error) {
      if (!(error instanceof LimitError)) throw error;
      return new Response(error.message, { status: 400 });
    }
  }

  #write(body: Uint8Array): Response {
    const answer = this.#database.write(new Message(body));
    if (this.faults.answers === undefined) return answerOf(answer);
    const name = body.toHex();
    if (this.#seen.has(name)) return answerOf(answer);
    this.#seen.add(name);
    return this.faults.answers === "lost"
      ? new Response("lost", { status: 502 })
      : answerOf(cutOff(answer));
  }
}

/**
 * Serves KV Connect, version 3, from databases in memory: one for each path.
 * It has no watches, which the program does not use.
 */
export function serveKvConnect(token: string): Server {
  const places = new Map<string, Place>();
  const placeOf = (database: string): Place => {
    const place = places.get(database) ?? new Place();
    places.set(database, place);
    return place;
  };
  const answer = async (request: Request): Promise<Response> => {
    const [, name = "", method] = new URL(request.url).pathname.split("/");
    const place = placeOf(name);
    const body = await request.bytes();
    const { delayMs, refuse } = place.faults;
    if (delayMs !== undefined) {
      await new Promise((done) => setTimeout(done, delayMs));
    }
    if (refuse !== undefined) {
      return new Response("refused", { status: refuse });
    }
    if (request.headers.get("authorization") !== `Bearer ${token}`) {
      return new Response("wrong token", { status: 401 });
    }
    return method === undefined
      ? metadataOf(name, token)
      : place.answer(method, body);
  };
  const { addr } = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    answer,
  );
  return {
    port: addr.port,
    be: (database, faults) => void (placeOf(database).faults = faults),
  };
}

function answerOf(body: Uint8Array<ArrayBuffer> | ReadableStream): Response {
  return new Response(body, {
    headers: { "content-type": "application/x-protobuf" },
  });
}

/** Returns the first half of an answer, and then an error. */
function cutOff(answer: Uint8Array): ReadableStream<Uint8Array> {
  let isStarted = false;
  return new ReadableStream({
    pull(stream) {
      if (isStarted) stream.error("An answer is cut off, as the test asks");
      else stream.enqueue(answer.slice(0, answer.length >> 1));
      isStarted = true;
    },
  });
}

function metadataOf(database: string, token: string): Response {
  return Response.json({
    version: 3,
    databaseId: crypto.randomUUID(),
    endpoints: [{ url: `/${database}`, consistency: "strong" }],
    token,
    expiresAt: new Date(Date.now() + DAY_MS).toISOString(),
  });
}
