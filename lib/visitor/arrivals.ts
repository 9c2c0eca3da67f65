import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import type { Peer, Socket, SocketEvents } from "@/lib/base/socket.ts";
import { WaitingSocket } from "@/lib/base/waiting_socket.ts";
import { CLOSE } from "@/lib/protocol/visitor/close_codes.ts";
import { decodeClientMessage } from "@/lib/protocol/visitor/codec.ts";
import type { VisitorBank } from "./bank.ts";
import { seatName } from "./seat.ts";

const log = getLogger(["widgets", "visitor"]);

/** A page that sends nothing for this long is left to the bank's own limit. */
const SILENT_MS = 1_000;
/** Messages of a page whose home is being looked for. */
const EARLY_MAX = 20;
/** Tries to find the home, and the time between two of them. */
const TRIES_MAX = 10;
const AGAIN_MS = 200;

export interface ArrivalsOptions {
  bank: Pick<VisitorBank, "accept" | "hasSeat" | "adopt">;
  clock: Clock;
  /** True for other instances that are alive. */
  isAlive(home: string): boolean;
  /** Offers the socket to another instance. Returns undefined if the seat of the
   * token isn't there. */
  offer(
    home: string,
    page: { token: string; socket: Socket; peer: Peer },
  ): Promise<SocketEvents | undefined>;
  /** Returns the chats of a visitor's seat, as they are stored. */
  chatsOf(seat: string): Promise<readonly { home?: string }[]>;
}

/** Returns a token that tells where its seat is. */
export function tokenOf(instance: string, secret: string): string {
  return `${instance}.${secret}`;
}

/**
 * Brings each visitor's page to its seat, which is at one of several instances
 * (V45). A page without a token, or with an unknown one, stays here.
 */
export class Arrivals implements Disposable {
  readonly #options: ArrivalsOptions;
  readonly #silent = new Set<Arrival>();
  readonly #looking: Disposable;

  constructor(options: ArrivalsOptions) {
    this.#options = options;
    this.#looking = every(options.clock, SILENT_MS, () => this.#look());
  }

  /** Takes over a socket that has just been opened. */
  accept(socket: Socket, peer: Peer): SocketEvents {
    const waiting = new WaitingSocket(socket, {
      messagesMax: EARLY_MAX,
      tooManyCode: CLOSE.rateLimited,
      onFirst: (text) => this.#first(arrival, text),
      onClosed: () => this.#silent.delete(arrival),
    });
    const arrival = { waiting, peer, at: this.#options.clock.now() };
    this.#silent.add(arrival);
    return waiting;
  }

  [Symbol.dispose](): void {
    this.#looking[Symbol.dispose]();
  }

  #look(): void {
    const since = this.#options.clock.now() - SILENT_MS;
    for (const arrival of this.#silent) {
      if (arrival.at > since) break;
      this.#stay(arrival);
    }
  }

  #stay(arrival: Arrival): void {
    this.#silent.delete(arrival);
    const { waiting, peer } = arrival;
    waiting.giveTo(this.#options.bank.accept(waiting.socket, peer));
  }

  #first(arrival: Arrival, text: string): void {
    this.#silent.delete(arrival);
    const token = resumed(text);
    const isHere = token === undefined || this.#options.bank.hasSeat(token);
    if (isHere) return this.#stay(arrival);
    this.#find(arrival, token).catch((error) => {
      log.warn("Cannot find the seat of a visitor: {error}", { error });
      arrival.waiting.socket.close(CLOSE.overload);
    });
  }

  async #find(arrival: Arrival, token: string): Promise<void> {
    const { bank, chatsOf, clock } = this.#options;
    const [, named] = /^([0-9a-f]{16})\./.exec(token) ?? [];
    if (await this.#offer(arrival, token, named)) return;
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const chats = await chatsOf(seatName(token));
      for (const { home } of chats) {
        if (await this.#offer(arrival, token, home)) return;
      }
      if (chats.length > 0) await bank.adopt(token);
      if (chats.length === 0 || bank.hasSeat(token)) {
        return this.#stay(arrival);
      }
      // Another instance is just claiming it, or its home is about to leave it.
      await new Promise<void>((done) => clock.after(AGAIN_MS, done));
    }
    arrival.waiting.socket.close(CLOSE.restart);
  }

  /** Returns true if the page has found its home. */
  async #offer(
    arrival: Arrival,
    token: string,
    home: string | undefined,
  ): Promise<boolean> {
    const { isAlive, offer } = this.#options;
    if (home === undefined || !isAlive(home)) return false;
    const { waiting, peer } = arrival;
    const page = { token, socket: waiting.socket, peer };
    const events = await offer(home, page);
    if (events !== undefined) waiting.giveTo(events);
    return events !== undefined;
  }
}

/** A page whose home is not known yet. */
interface Arrival {
  waiting: WaitingSocket;
  peer: Peer;
  at: number;
}

/** Returns the token of a Start that resumes a seat. */
function resumed(text: string): string | undefined {
  if (!text.includes('"resume"')) return undefined;
  const decoded = decodeClientMessage(text);
  return decoded.ok && decoded.value.mt === "Start"
    ? decoded.value.resume
    : undefined;
}
