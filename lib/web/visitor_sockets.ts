import type { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { Socket as TcpSocket } from "node:net";
// @ts-types="@types/ws"
import { type WebSocket, WebSocketServer } from "ws";
import type { Clock } from "@/lib/base/clock.ts";
import type { Peer, Socket, SocketEvents } from "@/lib/base/socket.ts";
import { LIMITS } from "@/lib/protocol/visitor/limits.ts";

/** Time between two pings; who has not answered by the next one is gone. */
const HEARTBEAT_MS = 30_000;

/**
 * The sockets of visitors, by `ws`: its `maxPayload` ends a message that grows
 * over the limit while it grows, fragmented or not, with 1009 (design.md,
 * decision 7). One timer pings them all.
 */
export class VisitorSockets implements Disposable {
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.frameBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });
  readonly #accept: (socket: Socket, peer: Peer) => SocketEvents;
  readonly #clock: Clock;
  /** Open sockets, and whether each has been heard since the last ping. */
  readonly #heard = new Map<WebSocket, boolean>();
  #heartbeat: Disposable;

  constructor(
    accept: (socket: Socket, peer: Peer) => SocketEvents,
    clock: Clock,
  ) {
    this.#accept = accept;
    this.#clock = clock;
    this.#heartbeat = clock.after(HEARTBEAT_MS, () => this.#beat());
  }

  upgrade(
    request: IncomingMessage,
    { tcp, head, peer }: { tcp: TcpSocket; head: Buffer; peer: Peer },
  ): void {
    this.#server.handleUpgrade(
      request,
      tcp,
      head,
      (socket) => this.#open(socket, peer),
    );
  }

  [Symbol.dispose](): void {
    this.#heartbeat[Symbol.dispose]();
    for (const socket of this.#heard.keys()) socket.terminate();
  }

  #open(socket: WebSocket, peer: Peer): void {
    this.#heard.set(socket, true);
    socket.on("error", () => {}); // A close follows and is told.
    const events = this.#accept(wrap(socket), peer);
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
    this.#heartbeat = this.#clock.after(HEARTBEAT_MS, () => this.#beat());
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
