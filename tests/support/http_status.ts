import { closeQuietly } from "./tcp_pairs.ts";

/** Returns the status of an answer over a new connection, or undefined if there
 * is none in time. */
export async function statusOf(
  url: string,
  withinMs: number,
): Promise<number | undefined> {
  const { hostname, port, pathname } = new URL(url);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let conn: Deno.TcpConn | undefined;
  try {
    const open = conn = await Deno.connect({ hostname, port: Number(port) });
    timer = setTimeout(() => closeQuietly(open), withinMs);
    const head = `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n` +
      "Connection: close\r\n\r\n";
    await conn.write(new TextEncoder().encode(head));
    const bytes = new Uint8Array(64);
    const count = await conn.read(bytes) ?? 0;
    const text = new TextDecoder().decode(bytes.subarray(0, count));
    const [, status] = /^HTTP\/1\.1 (\d+)/.exec(text) ?? [];
    return status === undefined ? undefined : Number(status);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
    if (conn !== undefined) closeQuietly(conn);
  }
}
