// @ts-types="@types/ws"
import { WebSocket as Client } from "ws";
import { Heard } from "./heard.ts";

/** A WebSocket with JSON messages, as any program could use it. */
export interface Wire<In> extends AsyncDisposable {
  heard: Heard<In>;
  say(message: unknown): void;
  /** Closes the connection as a page does; resolves when it is closed. */
  close(): Promise<void>;
  /** Cuts the connection without a close. */
  cut(): void;
  /** Resolves with the code when the socket is closed, from either side. */
  closed: Promise<number>;
}

/** Opens a socket to `url` and collects its messages. Rejects if refused. */
export async function openWire<In>(
  url: string,
  headers: Record<string, string> = {},
): Promise<Wire<In>> {
  const socket = new Client(url.replace(/^http/, "ws"), { headers });
  const heard = new Heard<In>();
  const closed = new Promise<number>((done) => socket.on("close", done));
  socket.on("message", (data) => heard.tell(JSON.parse(String(data))));
  await new Promise((opened, failed) => {
    socket.on("open", opened);
    socket.on("error", failed);
  });
  async function close(): Promise<void> {
    socket.close(1000);
    await closed;
  }
  return {
    heard,
    say: (message) => socket.send(JSON.stringify(message)),
    close,
    cut: () => socket.terminate(),
    closed,
    [Symbol.asyncDispose]: close,
  };
}
