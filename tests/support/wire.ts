// @ts-types="@types/ws"
import { WebSocket as Client } from "ws";
import { Heard } from "./heard.ts";

/** A WebSocket that speaks JSON messages, as any program could. */
export interface Wire<In> extends AsyncDisposable {
  heard: Heard<In>;
  say(message: unknown): void;
  /** Ends the connection as a page that goes away does; resolves when closed. */
  close(): Promise<void>;
  /** Cuts the connection without a word. */
  cut(): void;
  /** Resolves with the code when the socket is closed, from either side. */
  closed: Promise<number>;
}

/** Opens a socket to `url` and collects what is heard. Rejects if refused. */
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
