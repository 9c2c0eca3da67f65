import type { Seat } from "./seat.ts";
import type { SocketState } from "./socket_state.ts";

/** Number of sweeps between checks of whether pages read. */
const READING_SWEEPS = 5;

/** A visitor's socket, or the seat that it has left. */
export interface WatchedSocket {
  readonly state: SocketState<Seat>;
  /** A deadline may have passed. */
  tick(): void;
  /** Closes a page that does not read. */
  watchReading(now: number): void;
  /** The service stops. */
  shut(): void;
}

/** All visitors' sockets, by what they wait for: one timer serves all of them. */
export class VisitorSockets {
  readonly #open = new Set<WatchedSocket>();
  /** Those that wait for a deadline, the earliest first. */
  readonly #greeting = new Set<WatchedSocket>();
  readonly #away = new Set<WatchedSocket>();
  #sweeps = 0;
  /** Set while the service waits for running contacts. */
  #draining: { until: number; done: () => void } | undefined;

  /** Open sockets. */
  get size(): number {
    return this.#open.size;
  }

  /** Adds a socket that has just been opened. */
  open(socket: WatchedSocket): void {
    this.#open.add(socket);
    this.#greeting.add(socket);
  }

  /** Must be called when the socket's state may have changed. */
  file(socket: WatchedSocket): void {
    const { state } = socket.state;
    if (state !== "greeting") this.#greeting.delete(socket);
    if (state === "starting") this.#greeting.add(socket); // Now due later.
    if (state === "away") this.#away.add(socket);
    else this.#away.delete(socket);
  }

  /** Must be called when the socket is closed. */
  close(socket: WatchedSocket): void {
    this.#open.delete(socket);
  }

  /** Must be called every second. */
  sweep(now: number): void {
    for (const waiting of [this.#greeting, this.#away]) {
      for (const socket of waiting) {
        const { state } = socket;
        if ("until" in state && state.until > now) break;
        socket.tick();
      }
    }
    this.#shutIdle(now);
    if (++this.#sweeps % READING_SWEEPS !== 0) return;
    for (const socket of this.#open) socket.watchReading(now);
  }

  /** Closes the sockets of pages without a call or chat. Resolves when the
   * calls, and the chats that are not stored, have ended, or at `until`. */
  drain(now: number, until: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#draining = { until, done: resolve };
    this.#shutIdle(now);
    return promise;
  }

  /** Tells all pages to reconnect later. */
  shut(): void {
    for (const socket of [...this.#open, ...this.#away]) socket.shut();
  }

  /** Closes pages whose contacts have ended while draining. A stored chat
   * continues, so nothing waits for it. */
  #shutIdle(now: number): void {
    if (this.#draining === undefined) return;
    let running = 0;
    for (const socket of [...this.#open, ...this.#away]) {
      const seat = "seat" in socket.state ? socket.state.seat : undefined;
      if (seat?.begun?.endsWithService) running++;
      else if (!seat?.begun?.running) socket.shut();
    }
    if (running === 0 || now >= this.#draining.until) this.#draining.done();
  }
}
