import type { Socket as TcpSocket } from "node:net";

/** Answers and hangs up: a peer that keeps its end open would keep ours. `text` is ASCII. */
export function refuseUpgrade(
  tcp: Pick<TcpSocket, "end" | "destroy">,
  status: string,
  text = "",
): void {
  tcp.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\n` +
      `Content-Type: text/plain\r\nContent-Length: ${text.length}\r\n\r\n` +
      text,
    () => tcp.destroy(),
  );
}
