import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { pause } from "@/lib/base/pause.ts";
import type { Peer, Socket, SocketEvents } from "@/lib/base/socket.ts";
import { WaitingSocket } from "@/lib/base/waiting_socket.ts";
import { CLOSE } from "@/lib/protocol/visitor/close_codes.ts";
import { decodeClientMessage } from "@/lib/protocol/visitor/codec.ts";
import type { VisitorBank } from "./bank.ts";
import { seatName } from "./seat.ts";

const log = getLogger(["widgets", "visitor"]);

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
export class Arrivals {
  readonly #options: ArrivalsOptions;
  /** The last search has failed. An outage is logged once, not for each page. */
  #isFailing = false;

  constructor(options: ArrivalsOptions) {
    this.#options = options;
  }

  /** Takes over a socket that has just been opened. Until the page has found its
   * seat elsewhere, the bank has the socket, so its limits apply. */
  accept(socket: Socket, peer: Peer): SocketEvents {
    const here = this.#options.bank.accept(socket, peer);
    let events: SocketEvents | undefined;
    return {
      message: (text) => {
        events ??= this.#onFirst({ socket, peer, here }, text);
        events.message(text);
      },
      closed: (code) => (events ?? here).closed(code),
    };
  }

  /** Returns the receiver of the page's events from its first message on. */
  #onFirst(arrival: Arrival, text: string): SocketEvents {
    const { here, socket } = arrival;
    const token = resumed(text);
    const isHere = token === undefined || this.#options.bank.hasSeat(token);
    if (isHere) return here;
    const waiting = new WaitingSocket(socket, {
      messagesMax: EARLY_MAX,
      tooManyCode: CLOSE.rateLimited,
    });
    this.#find({ ...arrival, waiting }, token).then(
      () => this.#isFailing = false,
      (error) => {
        if (!this.#isFailing) {
          log.warn("Cannot find the seats of visitors: {error}", { error });
        }
        this.#isFailing = true;
        this.#refuse(arrival, CLOSE.overload);
      },
    );
    return waiting;
  }

  async #find(arrival: Lookup, token: string): Promise<void> {
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
        return arrival.waiting.giveTo(arrival.here);
      }
      // Another instance is just claiming it, or its home is about to leave it.
      await pause(clock, AGAIN_MS);
    }
    this.#refuse(arrival, CLOSE.restart);
  }

  /** Returns true if the page has found its home. */
  async #offer(
    { socket, peer, here, waiting }: Lookup,
    token: string,
    home: string | undefined,
  ): Promise<boolean> {
    const { isAlive, offer } = this.#options;
    if (home === undefined || !isAlive(home)) return false;
    const events = await offer(home, { token, socket, peer });
    if (events === undefined) return false;
    here.closed(CLOSE.restart); // For the bank, the page has left.
    waiting.giveTo(events);
    return true;
  }

  #refuse({ socket, here }: Arrival, code: number): void {
    socket.close(code);
    here.closed(code);
  }
}

/** A page that has just connected. */
interface Arrival {
  socket: Socket;
  peer: Peer;
  /** The bank of this instance. */
  here: SocketEvents;
}

/** A page whose home is being looked for. */
interface Lookup extends Arrival {
  waiting: WaitingSocket;
}

/** Returns the token of a Start that resumes a seat. */
function resumed(text: string): string | undefined {
  if (!text.includes('"resume"')) return undefined;
  const decoded = decodeClientMessage(text);
  return decoded.ok && decoded.value.mt === "Start"
    ? decoded.value.resume
    : undefined;
}
