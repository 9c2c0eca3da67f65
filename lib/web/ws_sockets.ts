// @ts-types="@types/ws"
import { type WebSocket, WebSocketServer } from "ws";
import type { Clock } from "@/lib/base/clock.ts";
import type { Socket, SocketEvents } from "@/lib/base/socket.ts";
import type { Sockets, Upgrade } from "./sockets.ts";

/**
 * Sockets by `ws`, for the anonymous: its `maxPayload` ends a message that grows
 * over the limit while it grows, fragmented or not, with 1009 (design.md,
 * decision 7). One timer pings them all; who has not been heard from one
 * heartbeat to the next is gone.
 */
export class WsSockets implements Sockets {
  readonly #server: WebSocketServer;
  readonly #clock: Clock;
  readonly #heartbeatMs: number;
  /** Open sockets, and whether each has been heard since the last ping. */
  readonly #heard = new Map<WebSocket, boolean>();
  #heartbeat: Disposable;

  constructor({ frameBytesMax, heartbeatMs, clock }: {
    frameBytesMax: number;
    heartbeatMs: number;
    clock: Clock;
  }) {
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: frameBytesMax,
      perMessageDeflate: false,
      clientTracking: false,
    });
    this.#clock = clock;
    this.#heartbeatMs = heartbeatMs;
    this.#heartbeat = clock.after(heartbeatMs, () => this.#beat());
  }

  accept(
    { incoming, tcp, head }: Upgrade,
    accept: (socket: Socket) => SocketEvents,
  ): void {
    this.#server.handleUpgrade(
      incoming,
      tcp,
      head,
      (socket) => this.#open(socket, accept),
    );
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#heartbeat[Symbol.dispose]();
    for (const socket of this.#heard.keys()) socket.terminate();
    return Promise.resolve();
  }

  #open(socket: WebSocket, accept: (socket: Socket) => SocketEvents): void {
    this.#heard.set(socket, true);
    socket.on("error", () => {}); // A close follows and is told.
    const events = accept(wrap(socket));
    socket.on("message", (data, isBinary) => {
      this.#heard.set(socket, true);
      if (isBinary) socket.close(1003, "text only");
      else events.message(data.toString());
    });
    socket.on("pong", () => this.#heard.set(socket, true));
    socket.on("close", (code) => {
      this.#heard.delete(socket);
      events.closed(code);
    });
  }

  #beat(): void {
    this.#heartbeat = this.#clock.after(this.#heartbeatMs, () => this.#beat());
    for (const [socket, heard] of this.#heard) {
      if (!heard) socket.terminate();
      else {
        this.#heard.set(socket, false);
        socket.ping();
      }
    }
  }
}

function wrap(socket: WebSocket): Socket {
  return {
    send: (text) => {
      if (socket.readyState === socket.OPEN) socket.send(text);
    },
    close: (code, reason) => socket.close(code, reason),
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
  };
}
