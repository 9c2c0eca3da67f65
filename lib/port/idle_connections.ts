import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Clock } from "@/lib/base/clock.ts";
import { CountsByKey } from "@/lib/base/counts_by_key.ts";
import { every } from "@/lib/base/every.ts";
import { plainAddress } from "@/lib/base/ip_address.ts";
import type { Networks } from "./networks.ts";

export interface IdleLimits {
  /** Idle connections of one address, unless it is a trusted proxy. */
  perAddress: number;
  /** Idle connections of all addresses together. */
  total: number;
  /** Time in which a new connection has to begin its first request. */
  firstRequestMs: number;
}

interface Idle {
  socket: Socket;
  address: string;
  since: number;
  /** False until its first request. */
  isKnown: boolean;
}

const SWEEP_MS = 2_000;
/** Newer connections stay, because when many pages return at the same time,
 * each of them is idle for a moment. */
const SETTLED_MS = 1_000;

/**
 * Limits connections without a running request, so that they cannot use up the
 * descriptors. A request runs once its whole body has arrived. Over a limit it closes the connection that has been idle
 * longest; a browser opens a new one when it needs it.
 */
export class IdleConnections implements Disposable {
  readonly #limits: IdleLimits;
  readonly #clock: Clock;
  readonly #proxies: Pick<Networks, "has">;
  /** By address and port of the peer, longest idle first. */
  readonly #idle = new Map<string, Idle>();
  readonly #perAddress = new CountsByKey();
  readonly #timer: Disposable;

  constructor(
    server: Server,
    { limits, clock, proxies }: {
      limits: IdleLimits;
      clock: Clock;
      proxies: Pick<Networks, "has">;
    },
  ) {
    this.#limits = limits;
    this.#clock = clock;
    this.#proxies = proxies;
    this.#timer = every(clock, SWEEP_MS, () => this.#sweep());
    server.on("connection", (socket: Socket) => this.#add(socket, false));
    server.on(
      "request",
      (incoming: IncomingMessage, response: ServerResponse) => {
        const { socket } = incoming;
        const running = () => {
          if (!response.writableFinished) this.#remove(keyOf(socket));
        };
        if (hasBody(incoming)) {
          this.#add(socket, true); // Until its body is there.
          incoming.once("end", running);
        } else running();
        response.once("finish", () => this.#add(socket, true));
      },
    );
    server.on("upgrade", ({ socket }: IncomingMessage) => {
      this.#remove(keyOf(socket));
    });
  }

  /** Number of connections without a running request. */
  get size(): number {
    return this.#idle.size;
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }

  #add(socket: Socket, isKnown: boolean): void {
    if (socket.destroyed) return;
    const address = plainAddress(socket.remoteAddress ?? "");
    const key = keyOf(socket);
    this.#remove(key);
    this.#idle.set(key, { socket, address, since: this.#clock.now(), isKnown });
    this.#perAddress.add(address, 1);
    if (!isKnown) socket.once("close", () => this.#remove(key));
    if (this.#isCrowded()) this.#closeOldest();
    if (this.#isCrowded(address)) this.#closeOldest(address);
  }

  #isCrowded(address?: string): boolean {
    if (address === undefined) return this.#idle.size > this.#limits.total;
    const count = this.#perAddress.get(address);
    return count > this.#limits.perAddress && !this.#proxies.has(address);
  }

  #remove(key: string): void {
    const idle = this.#idle.get(key);
    if (idle === undefined) return;
    this.#idle.delete(key);
    this.#perAddress.add(idle.address, -1);
  }

  #closeOldest(address?: string): void {
    const before = this.#clock.now() - SETTLED_MS;
    for (const [key, idle] of this.#idle) {
      if (idle.since > before) return;
      if (address !== undefined && idle.address !== address) continue;
      this.#close(key, idle);
      return;
    }
  }

  #close(key: string, { socket }: Idle): void {
    this.#remove(key);
    socket.destroy();
  }

  #sweep(): void {
    const now = this.#clock.now();
    for (const [key, idle] of this.#idle) {
      const idleMs = now - idle.since;
      if (idleMs < SETTLED_MS) return;
      const isLate = !idle.isKnown && idleMs >= this.#limits.firstRequestMs;
      if (isLate || this.#isCrowded() || this.#isCrowded(idle.address)) {
        this.#close(key, idle);
      }
    }
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined ||
    Number(headers["content-length"] ?? 0) > 0;
}

/** A TLS socket and the TCP socket below it have the same key. */
function keyOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
