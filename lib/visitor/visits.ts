import type { Seat } from "./seat.ts";
import type { VisitorSession } from "./session_state.ts";

/** Number of sweeps between checks of whether pages read. */
const READING_SWEEPS = 5;

/** A visitor's socket, or the seat that it has left. */
export interface WatchedVisit {
  readonly session: VisitorSession<Seat>;
  /** A deadline may have passed. */
  tick(): void;
  /** Closes a page that does not read. */
  watchReading(now: number): void;
  /** The service stops. */
  shut(): void;
}

/** All visits, by what they wait for: one timer serves all of them. */
export class Visits {
  /** Visits with an open socket. */
  readonly #open = new Set<WatchedVisit>();
  /** Visits that wait for a deadline, the earliest first. */
  readonly #greeting = new Set<WatchedVisit>();
  readonly #away = new Set<WatchedVisit>();
  #sweeps = 0;
  /** Set while the service waits for running contacts. */
  #draining: { until: number; done: () => void } | undefined;

  /** Open sockets. */
  get size(): number {
    return this.#open.size;
  }

  /** Adds a visit whose socket has just been opened. */
  open(visit: WatchedVisit): void {
    this.#open.add(visit);
    this.#greeting.add(visit);
  }

  /** Must be called when the visit's state may have changed. */
  file(visit: WatchedVisit): void {
    const { state } = visit.session;
    if (state !== "greeting") this.#greeting.delete(visit);
    if (state === "starting") this.#greeting.add(visit); // Now due later.
    if (state === "away") this.#away.add(visit);
    else this.#away.delete(visit);
  }

  /** Must be called when the visit's socket is closed. */
  close(visit: WatchedVisit): void {
    this.#open.delete(visit);
  }

  /** Must be called every second. */
  sweep(now: number): void {
    for (const waiting of [this.#greeting, this.#away]) {
      for (const visit of waiting) {
        const { session } = visit;
        if ("until" in session && session.until > now) break;
        visit.tick();
      }
    }
    this.#shutIdle(now);
    if (++this.#sweeps % READING_SWEEPS !== 0) return;
    for (const visit of this.#open) visit.watchReading(now);
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
    for (const visit of [...this.#open, ...this.#away]) visit.shut();
  }

  /** Closes pages whose contacts have ended while draining. A stored chat
   * continues, so nothing waits for it. */
  #shutIdle(now: number): void {
    if (this.#draining === undefined) return;
    let running = 0;
    for (const visit of [...this.#open, ...this.#away]) {
      const seat = "seat" in visit.session ? visit.session.seat : undefined;
      if (seat?.endsWithService) running++;
      else if (!seat?.isRunning) visit.shut();
    }
    if (running === 0 || now >= this.#draining.until) this.#draining.done();
  }
}
