import type { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { Socket as TcpSocket } from "node:net";
// @ts-types="@types/ws"
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { isOwnPause } from "@/lib/base/own_pause.ts";
import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import type { Socket, SocketEvents } from "@/lib/base/socket.ts";
import { FRAME_CLOSE } from "@/lib/protocol/visitor/close_codes.ts";
import type { SocketKind } from "./socket_paths.ts";

/** Bytes that may wait at the same time: all pictures of a large widget. */
const BURST_BYTES_MAX = 4_194_304;
/** Bytes that may still wait for a slow reader from one check to the next. */
const QUEUE_BYTES_MAX = 1_048_576;
/** Interval of checks. The peer isn't reading if its queue is over the limit at
 * two checks in a row, or hasn't shrunk over three. */
const LOOK_EVERY_MS = 10_000;
/** Time limit for the peer's part of the closing handshake. */
const CLOSE_WITHIN_MS = 2_000;
/** Messages that may arrive after our close. */
const LATE_MESSAGES_MAX = 300;
/** Fragments of one message; a browser sends one. */
const FRAGMENTS_MAX = 64;

/** An upgrade from `node:http`. */
export interface Upgrade {
  incoming: IncomingMessage;
  tcp: TcpSocket;
  /** Bytes that followed the request. */
  head: Buffer;
}

/** Open sockets, and their waiting bytes, by kind. */
export type Sockets = Record<SocketKind, { open: number; queued: number }>;

/** The reason why a socket was terminated here, before its room had to. */
export type CutReason =
  /** No answer from one ping to the next. */
  | "silent"
  /** Does not read its waiting bytes. */
  | "unread"
  /** A message that is too large, has too many fragments, or is not a WebSocket
   * frame. */
  | "frame"
  | "binary"
  /** Continues to send after our close. */
  | "talks-on";

export interface WsSocketsOptions {
  /** Bytes of one message; a longer one closes the socket with 1009. */
  frameBytesMax: number;
  /** Time between two pings. */
  heartbeatMs: number;
  clock: Clock;
  /** Called for each socket that is terminated here. */
  cut?: (why: CutReason) => void;
}

/**
 * WebSockets served by `ws`. Its `maxPayload` stops a message that exceeds the
 * limit while it is being received, fragmented or not, with 1009. Deno's own
 * WebSocket collects a fragmented message without any limit before JavaScript
 * sees it: 320 MiB from an agent's browser, or from any address that a PBX may
 * have, took 390 MiB (tests/faults). One timer pings all sockets. A socket is
 * terminated if it sends nothing from one ping to the next, or does not read.
 */
export class WsSockets implements AsyncDisposable {
  readonly #server: WebSocketServer;
  readonly #clock: Clock;
  readonly #heartbeatMs: number;
  readonly #open = new Map<WebSocket, OpenSocket>();
  readonly #cut: (why: CutReason) => void;
  readonly #heartbeat: Disposable;
  #beatAt: number;
  readonly #look: Disposable;
  #whenEmpty: (() => void) | undefined;

  constructor(
    { frameBytesMax, heartbeatMs, clock, cut = () => {} }: WsSocketsOptions,
  ) {
    const options = {
      noServer: true,
      maxPayload: frameBytesMax,
      maxFragments: FRAGMENTS_MAX,
      closeTimeout: CLOSE_WITHIN_MS,
      perMessageDeflate: false,
      clientTracking: false,
    };
    this.#server = new WebSocketServer(options);
    this.#clock = clock;
    this.#cut = cut;
    this.#heartbeatMs = heartbeatMs;
    this.#beatAt = clock.now() + heartbeatMs;
    this.#heartbeat = every(clock, heartbeatMs, () => this.#beat());
    this.#look = every(clock, LOOK_EVERY_MS, () => this.#lookForStuck());
  }

  accept(
    { incoming, tcp, head }: Upgrade,
    accept: (socket: Socket) => SocketEvents,
  ): void {
    this.#server.handleUpgrade(incoming, tcp, head, (socket) => {
      const open = new OpenSocket(socket, tcp, this.#cut);
      this.#open.set(socket, open);
      open.events = accept(open);
      socket.on("error", this.#error);
      socket.on("message", this.#message);
      socket.on("pong", this.#pong);
      socket.on("close", this.#closed);
    });
  }

  /** Number of open sockets, and their waiting bytes. */
  load(): { open: number; queued: number } {
    let queued = 0;
    for (const socket of this.#open.keys()) queued += socket.bufferedAmount;
    return { open: this.#open.size, queued };
  }

  /** Closes all sockets with 1012, so that their pages reconnect elsewhere. */
  sendAway(): void {
    for (const open of this.#open.values()) open.close(1012);
  }

  /** Announces the restart, and waits a little until all have closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#heartbeat[Symbol.dispose]();
    this.#look[Symbol.dispose]();
    if (this.#open.size === 0) return;
    const { promise: over, resolve } = Promise.withResolvers<void>();
    this.#whenEmpty = resolve;
    using _timer = this.#clock.after(CLOSE_WITHIN_MS, resolve);
    this.sendAway();
    await over;
    for (const socket of this.#open.keys()) socket.terminate();
  }

  // One function for all sockets instead of one each, because there may be ten
  // thousand.

  readonly #message = listener((socket, data: RawData, isBinary: boolean) => {
    const open = this.#open.get(socket);
    if (open === undefined) return;
    if (socket.readyState !== socket.OPEN) return open.talksOn();
    open.isHeard = true;
    if (isBinary) {
      this.#cut("binary");
      open.close(FRAME_CLOSE.notText, "text only");
    } else open.events?.message(data.toString());
  });

  /** Errors of `ws`; a close event follows. */
  readonly #error = listener((_socket, error: Error & { code?: string }) => {
    if (error.code?.startsWith("WS_ERR_")) this.#cut("frame");
  });

  readonly #pong = listener((socket) => {
    const open = this.#open.get(socket);
    if (open !== undefined) open.isHeard = true;
  });

  readonly #closed = listener((socket, code: number) => {
    const open = this.#open.get(socket);
    this.#open.delete(socket);
    open?.events?.closed(code);
    if (this.#open.size === 0) this.#whenEmpty?.();
  });

  #beat(): void {
    const now = this.#clock.now();
    const lateMs = now - this.#beatAt;
    this.#beatAt = now + this.#heartbeatMs;
    if (isOwnPause(lateMs)) return;
    for (const [socket, open] of this.#open) {
      if (!open.isHeard) open.end("silent");
      else {
        open.isHeard = false;
        if (socket.readyState === socket.OPEN) socket.ping();
      }
    }
  }

  #lookForStuck(): void {
    for (const open of this.#open.values()) {
      if (open.isStuck()) open.end("unread");
    }
  }
}

/** An open socket of `ws`, as the banks see it. */
class OpenSocket implements Socket {
  readonly #socket: WebSocket;
  readonly #tcp: TcpSocket;
  readonly #cut: (why: CutReason) => void;
  events: SocketEvents | undefined;
  /** True if a message arrived since the last ping. */
  isHeard = true;
  /** Bytes that had left at the last check. */
  #leftAtLook = -1;
  #looks = 0;
  #late = 0;

  constructor(
    socket: WebSocket,
    tcp: TcpSocket,
    cut: (why: CutReason) => void,
  ) {
    this.#socket = socket;
    this.#tcp = tcp;
    this.#cut = cut;
  }

  send(...texts: string[]): void {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return;
    // Sends several frames in one write, because writes are most of their cost.
    if (texts.length > 1) this.#tcp.cork();
    for (const text of texts) socket.send(text);
    if (texts.length > 1) this.#tcp.uncork();
    if (socket.bufferedAmount > BURST_BYTES_MAX) this.end("unread");
  }

  close(code: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  end(why: CutReason): void {
    this.#cut(why);
    this.#socket.terminate();
  }

  /**
   * Counts a message after our close. An honest peer has few in flight. A peer
   * that sends more is disconnected, because each costs memory until the
   * handshake is complete.
   */
  talksOn(): void {
    if (++this.#late === LATE_MESSAGES_MAX) this.end("talks-on");
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  /** Checks the queue; returns true if it has been bad for too long. */
  isStuck(): boolean {
    const waiting = this.#tcp.writableLength;
    const left = this.#tcp.bytesWritten - waiting;
    const isMoving = waiting === 0 ||
      waiting <= QUEUE_BYTES_MAX && left !== this.#leftAtLook;
    this.#leftAtLook = left;
    this.#looks = isMoving ? 0 : this.#looks + 1;
    return this.#looks >= 2;
  }
}

/** `ws` passes the socket to its listeners as `this`. */
function listener<Args extends unknown[]>(
  run: (socket: WebSocket, ...args: Args) => void,
): (this: WebSocket, ...args: Args) => void {
  return function (...args) {
    run(this, ...args);
  };
}
