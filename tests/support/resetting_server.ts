import { createServer, type Socket } from "node:net";

/** A server that breaks each connection. */
export interface ResettingServer extends AsyncDisposable {
  port: number;
  /** Connections until now. */
  count(): number;
}

/** Listens on loopback. Sends each client `text`, after its first bytes if
 * `isAsked`, and resets the connection. */
export async function startResettingServer(
  text: string,
  { isAsked }: { isAsked: boolean },
): Promise<ResettingServer> {
  let count = 0;
  const reset = (socket: Socket) =>
    socket.write(text, () => socket.resetAndDestroy());
  const server = createServer((socket) => {
    count++;
    socket.on("error", () => {});
    if (isAsked) socket.once("data", () => reset(socket));
    else reset(socket);
  });
  await new Promise<void>((go) => server.listen(0, "127.0.0.1", go));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error();
  return {
    port: address.port,
    count: () => count,
    [Symbol.asyncDispose]: () => new Promise((go) => server.close(() => go())),
  };
}
