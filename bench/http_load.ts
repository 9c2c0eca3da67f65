import { nowMs } from "./clock.ts";

export interface GetOptions {
  url: string;
  /** Total number of requests, over connections that stay open. */
  count: number;
  /** Number of connections, each with one request in flight. */
  atOnce: number;
  headers: Record<string, string>;
}

export interface Got {
  tookMs: number;
  /** Status of the last answer. */
  status: number;
  /** Length of its body. */
  bytes: number;
}

const BLANK_LINE = [13, 10, 13, 10];

/** Requests one URL many times and reads each answer to its end. */
export async function getMany(options: GetOptions): Promise<Got> {
  const { hostname, port, pathname, host } = new URL(options.url);
  const lines = Object.entries({ host, ...options.headers })
    .map(([name, value]) => `${name}: ${value}\r\n`);
  const request = new TextEncoder()
    .encode(`GET ${pathname} HTTP/1.1\r\n${lines.join("")}\r\n`);
  let left = options.count;
  let last = { status: 0, bytes: 0 };
  async function worker(): Promise<void> {
    using conn = await Deno.connect({ hostname, port: Number(port) });
    const buffer = new Uint8Array(65_536);
    while (left-- > 0) {
      await conn.write(request);
      last = await readAnswer(conn, buffer);
    }
  }
  const startedAt = nowMs();
  await Promise.all(Array.from({ length: options.atOnce }, worker));
  return { tookMs: nowMs() - startedAt, ...last };
}

async function readAnswer(conn: Deno.Conn, buffer: Uint8Array) {
  let end = 0;
  let head = -1;
  let bytes = 0;
  let status = 0;
  do {
    const count = await conn.read(
      head === -1 ? buffer.subarray(end) : buffer, // A body may be long.
    );
    if (count === null) throw new Error("The server ended the connection");
    end += count;
    if (head !== -1) continue;
    head = indexOfBlankLine(buffer.subarray(0, end));
    if (head === -1) continue;
    const text = new TextDecoder("latin1").decode(buffer.subarray(0, head));
    status = Number(text.split(" ", 2)[1]);
    bytes = Number(/^content-length: *(\d+)/im.exec(text)?.[1] ?? 0);
  } while (head === -1 || end < head + 4 + bytes);
  return { status, bytes };
}

function indexOfBlankLine(bytes: Uint8Array): number {
  for (let at = 0; at + 4 <= bytes.length; at++) {
    if (BLANK_LINE.every((byte, n) => bytes[at + n] === byte)) return at;
  }
  return -1;
}
