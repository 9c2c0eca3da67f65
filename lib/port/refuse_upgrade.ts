import type { Socket as TcpSocket } from "node:net";

/** Answers and closes the connection, because a peer that keeps its end open
 * would keep ours open. `text` is ASCII. */
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
