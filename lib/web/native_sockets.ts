import type { Clock } from "@/lib/base/clock.ts";
import type { Socket, SocketEvents } from "@/lib/base/socket.ts";
import type { Sockets, Upgrade } from "./sockets.ts";

/** How long a stop waits for peers to finish the closing handshake. */
const CLOSE_WITHIN_MS = 2_000;

/**
 * Serves peers who are known already (PBX, desk) by Deno's own WebSocket.
 * Never the anonymous: it collects a fragmented message without limit before it
 * is seen here, and takes no TLS of this process (design.md, decision 7).
 */
export class NativeSockets implements Sockets {
  readonly #idleTimeout: number;
  readonly #clock: Clock;
  /** Each open socket, and what ends its `closed` promise. */
  readonly #open = new Map<WebSocket, Promise<void>>();

  /** @param idleTimeout Seconds without a pong until a peer counts as gone. */
  constructor(idleTimeout: number, clock: Clock) {
    this.#idleTimeout = idleTimeout;
    this.#clock = clock;
  }

  accept(
    { request, tcp, head }: Upgrade,
    accept: (socket: Socket) => SocketEvents,
  ): void {
    const { socket } = Deno.upgradeWebSocket(request, {
      socket: tcp,
      head,
      idleTimeout: this.#idleTimeout,
    });
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    this.#open.set(socket, closed);
    let events: SocketEvents | undefined;
    socket.onopen = () => events = accept(wrap(socket));
    socket.onmessage = ({ data }) => {
      if (typeof data === "string") events?.message(data);
      else socket.close(1003, "text only");
    };
    socket.onclose = ({ code }) => {
      this.#open.delete(socket);
      events?.closed(code);
      resolve();
    };
    socket.onerror = () => {}; // A close follows and is told.
  }

  /** Says that the service restarts, and waits a little until all have closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#open.keys()) wrap(socket).close(1012);
    const { promise: late, resolve } = Promise.withResolvers<void>();
    using _timer = this.#clock.after(CLOSE_WITHIN_MS, resolve);
    await Promise.race([Promise.all(this.#open.values()), late]);
  }
}

function wrap(socket: WebSocket): Socket {
  return {
    send: (...texts) => {
      if (socket.readyState !== WebSocket.OPEN) return;
      for (const text of texts) socket.send(text);
    },
    close: (code, reason) => {
      if (socket.readyState <= WebSocket.OPEN) socket.close(code, reason);
    },
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
  };
}
