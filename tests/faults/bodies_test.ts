import { ok } from "node:assert/strict";
import { startService } from "../support/service.ts";
import { watchPeak } from "./peak_memory.ts";

const SENT_BYTES = 100 * 1_048_576;
const MEMORY_MAX = 64 * 1_048_576;
const HEALTH_MEDIAN_MAX_MS = 100;

/** One of each kind of route: forms, JSON, pictures, pages, files, nothing. */
const PATHS = [
  "/login",
  "/setup",
  "/preferences",
  "/logout",
  "/myapps/sign-in",
  "/api/pictures",
  "/api/widgets",
  "/admin",
  "/widget.js",
  "/healthz",
  "/nowhere",
];

interface Body {
  name: string;
  type: string;
  /** Repeated until everything is sent. */
  piece: string;
  isChunked: boolean;
}

const FORM = "application/x-www-form-urlencoded";
const BODIES: Body[] = [
  { name: "a form of fields", type: FORM, piece: "a&", isChunked: false },
  { name: "a form of one field", type: FORM, piece: "a", isChunked: false },
  { name: "a chunked form", type: FORM, piece: "a&", isChunked: true },
  {
    name: "multipart",
    type: "multipart/form-data; boundary=x",
    piece: '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n',
    isChunked: false,
  },
  {
    name: "chunked JSON",
    type: "application/json",
    piece: "[",
    isChunked: true,
  },
];

Deno.test({
  name: "a body of 100 MB to any route is rejected without using memory",
  ignore: Deno.build.os !== "linux",
  async fn(test) {
    await using service = await startService();
    const { port } = new URL(service.url);
    for (const body of BODIES) {
      await test.step(body.name, async () => {
        using health = watchHealth(service.url);
        const peak = await watchPeak(service.pid);

        for (const path of PATHS) {
          const { status, isClosed } = await post(Number(port), path, body);
          ok(
            body.isChunked ? isClosed : status === "413",
            `${path} answered ${status} and read all of ${body.name}`,
          );
        }

        const median = await health.medianMs();
        ok(median < HEALTH_MEDIAN_MAX_MS, `/healthz took ${median} ms`);
        const taken = await peak();
        ok(taken < MEMORY_MAX, `It took ${taken >> 20} MiB`);
      });
    }
  },
});

/** Sends until everything is gone or the service hangs up. */
async function post(
  port: number,
  path: string,
  body: Body,
): Promise<{ status: string; isClosed: boolean }> {
  using conn = await Deno.connect({ hostname: "127.0.0.1", port });
  const length = body.isChunked
    ? "Transfer-Encoding: chunked"
    : `Content-Length: ${SENT_BYTES}`;
  const encoder = new TextEncoder();
  const head =
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: ${body.type}\r\n${length}\r\n\r\n`;
  const block = body.piece.repeat(Math.ceil(65_536 / body.piece.length));
  const bytes = encoder.encode(
    body.isChunked ? `${block.length.toString(16)}\r\n${block}\r\n` : block,
  );
  const answer = status(conn);
  let isClosed = false;
  try {
    await write(conn, encoder.encode(head));
    for (let sent = 0; sent < SENT_BYTES; sent += bytes.length) {
      await write(conn, bytes);
    }
  } catch {
    isClosed = true;
  }
  return { status: await answer, isClosed };
}

async function write(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += await conn.write(bytes.subarray(at));
  }
}

/** The status of the answer, or "closed". */
async function status(conn: Deno.Conn): Promise<string> {
  const buffer = new Uint8Array(1_024);
  const count = await conn.read(buffer).catch(() => null);
  if (count === null) return "closed";
  const text = new TextDecoder().decode(buffer.subarray(0, count));
  return /^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? text;
}

/** Asks for /healthz again and again, as a monitor would. */
function watchHealth(url: string) {
  const took: number[] = [];
  let isOver = false;
  const done = (async () => {
    while (!isOver) {
      const start = performance.now();
      await (await fetch(`${url}/healthz`)).text();
      took.push(performance.now() - start);
    }
  })();
  return {
    async medianMs(): Promise<number> {
      isOver = true;
      await done;
      return took.sort((a, b) => a - b)[took.length >> 1] ?? Infinity;
    },
    [Symbol.dispose]() {
      isOver = true;
    },
  };
}
