import type { Seat } from "./seat.ts";
import type { SocketState } from "./socket_state.ts";

/** Number of sweeps between checks of whether pages read. */
const READING_SWEEPS = 5;

/** Time between two calls of `sweep`. */
export const SWEEP_MS = 1_000;

/** How the sockets are closed before the service stops. */
export interface DrainPlan {
  /** When the pages without a call or chat are closed, evenly until then. */
  idleUntil: number;
  /** The end of the wait for calls. */
  until: number;
  /** Leaves a seat's chat to another instance, if there is one. The page is closed
   * afterwards. */
  park?: ((seat: Seat) => Promise<void>) | undefined;
}

/** A visitor's socket, or the seat that it has left. */
export interface WatchedSocket {
  readonly state: SocketState<Seat>;
  /** A deadline may have passed. */
  tick(): void;
  /** Closes a page that does not read. */
  watchReading(now: number): void;
  /** The service stops. */
  shut(): void;
  /** Another instance continues the call or chat. */
  move(): void;
  /** The blocked visitors have changed. */
  checkBlock(): Promise<void>;
}

/** All visitors' sockets, by what they wait for: one timer serves all of them. */
export class VisitorSockets {
  readonly #open = new Set<WatchedSocket>();
  /** Those that wait for a deadline, the earliest first. */
  readonly #greeting = new Set<WatchedSocket>();
  readonly #away = new Set<WatchedSocket>();
  #sweeps = 0;
  /** Set while the service waits for running contacts. */
  #draining: DrainPlan & { done: () => void } | undefined;
  /** Sockets whose chat is being parked. */
  readonly #parking = new Set<WatchedSocket>();

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

  /** Must be called when the blocked visitors have changed. */
  async checkBlocks(): Promise<void> {
    for (const socket of [...this.#open, ...this.#away]) {
      await socket.checkBlock();
    }
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

  /** Closes the sockets of pages without a call or chat, and parks chats if
   * possible. Resolves when these are closed and the calls, and the chats that are
   * not stored, have ended, or at `until`. */
  drain(now: number, plan: DrainPlan): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#draining = { ...plan, done: resolve };
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
    const { idleUntil, until, park, done } = this.#draining;
    const idle: WatchedSocket[] = [];
    let running = 0;
    for (const socket of [...this.#open, ...this.#away]) {
      if (socket.state.state === "gone") continue; // It is closing.
      const seat = "seat" in socket.state ? socket.state.seat : undefined;
      const isParking = this.#parking.has(socket);
      if (seat?.begun?.endsWithService || isParking) running++;
      else if (!seat?.begun?.running) idle.push(socket);
      else if (park !== undefined) {
        running++;
        void this.#park(socket, park(seat));
      }
    }
    const sweeps = Math.max(0, Math.ceil((idleUntil - now) / SWEEP_MS));
    const closed = Math.ceil(idle.length / (sweeps + 1));
    for (const socket of idle.slice(0, closed)) socket.shut();
    const isDone = running === 0 && closed === idle.length;
    if (isDone || now >= until) done();
  }

  async #park(socket: WatchedSocket, parked: Promise<void>): Promise<void> {
    this.#parking.add(socket);
    await parked;
    this.#parking.delete(socket);
    socket.move();
  }
}
