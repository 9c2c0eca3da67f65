import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import type { Socket, SocketEvents } from "@/lib/base/socket.ts";
import type { Pipe, Pipes } from "./pipes.ts";
import {
  FromHome,
  type FromRelay,
  type SocketOpening,
} from "./socket_messages.ts";

/** Silence of a home after which the bus is asked whether it is alive. An answer
 * takes about 2 ms, and a page that waits for it has often lost its home. */
const SUSPECT_MS = 25;
/** A home that has not answered by then gets no socket. */
const ANSWER_MS = 3_000;
/** A page with more unread bytes is watched, and its home is told. */
const UNSENT_BYTES = 65_536;
const UNSENT_LOOK_MS = 50;

/** Going away: the page reconnects soon, through any instance. */
const GOING_AWAY = 1001;

export interface SocketRelaysOptions {
  pipes: Pick<Pipes, "open">;
  clock: Clock;
  /** Finds out whether this instance is dead. */
  suspect(instance: string): void;
  /** A message was not readable, so its socket is closed. */
  onBadMessage(): void;
}

/** Sockets at this instance whose pages have their home at another one. */
export class SocketRelays {
  readonly #options: SocketRelaysOptions;
  readonly #open = new Set<Relay>();

  constructor(options: SocketRelaysOptions) {
    this.#options = options;
  }

  /** Number of relayed sockets. */
  get size(): number {
    return this.#open.size;
  }

  /** Sends all pages to other instances, because this one is about to stop. */
  closeAll(): void {
    for (const relay of [...this.#open]) relay.close();
  }

  /**
   * Offers a socket to another instance. Returns undefined if that one isn't the
   * home of its page, or does not answer.
   */
  async offer(
    to: string,
    opening: SocketOpening,
    socket: Socket,
  ): Promise<SocketEvents | undefined> {
    const { pipes, clock, suspect, onBadMessage } = this.#options;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const relay: Relay = new Relay(socket, {
      ...{ clock, onBadMessage },
      onAnswer: resolve,
      onOver: () => this.#open.delete(relay),
    });
    const pipe = pipes.open(to, relay);
    relay.pipe = pipe;
    pipe.send(opening);
    using _suspect = clock.after(SUSPECT_MS, () => suspect(to));
    using _late = clock.after(ANSWER_MS, () => resolve(false));
    const isAccepted = await promise;
    if (!isAccepted) {
      pipe.close();
      return undefined;
    }
    this.#open.add(relay);
    return relay.start();
  }
}

interface RelayOptions {
  clock: Clock;
  onAnswer(isAccepted: boolean): void;
  onOver(): void;
  onBadMessage(): void;
}

class Relay {
  pipe: Pipe | undefined;
  readonly #socket: Socket;
  readonly #options: RelayOptions;
  #state: "waiting" | "accepted" | "open" | "over" = "waiting";
  /** Messages between the answer and `start`. */
  #early: FromHome[] = [];
  #isBroken = false;
  /** Parts of a long text. */
  #parts = "";
  #looking: Disposable | undefined;

  constructor(socket: Socket, options: RelayOptions) {
    this.#socket = socket;
    this.#options = options;
  }

  /** Begins to relay. The events are those of the page. */
  start(): SocketEvents {
    this.#state = "open";
    for (const message of this.#early.splice(0)) this.#pass(message);
    if (this.#isBroken) this.#socket.close(GOING_AWAY);
    return {
      message: (text) => this.#tell({ type: "text", text }),
      closed: (code) => {
        this.#tell({ type: "closed", code });
        this.pipe?.close();
        this.#over();
      },
    };
  }

  message(given: unknown): void {
    const read = v.safeParse(FromHome, given);
    if (!read.success) {
      this.#options.onBadMessage();
      this.pipe?.close();
      return this.broken();
    }
    const message = read.output;
    if (this.#state === "waiting") {
      const isAccepted = message.type === "accepted";
      this.#state = isAccepted ? "accepted" : "over";
      return this.#options.onAnswer(isAccepted);
    }
    if (this.#state === "accepted") this.#early.push(message);
    else this.#pass(message);
  }

  /** The page reconnects through another instance. */
  close(): void {
    this.#socket.close(GOING_AWAY);
  }

  /** The home is dead, or has lost this page. */
  broken(): void {
    this.#isBroken = true;
    if (this.#state === "waiting") this.#options.onAnswer(false);
    if (this.#state === "open") this.#socket.close(GOING_AWAY);
  }

  #pass(message: FromHome): void {
    switch (message.type) {
      case "texts":
        return this.#send(...message.texts);
      case "part":
        this.#parts += message.text;
        if (!message.isLast) return;
        this.#send(this.#parts);
        this.#parts = "";
        return;
      case "close":
        return this.#socket.close(message.code);
    }
  }

  #send(...texts: string[]): void {
    if (this.#state !== "open") return;
    this.#socket.send(...texts);
    if (this.#socket.bufferedAmount > UNSENT_BYTES) this.#look();
  }

  /** Tells the home how much the page has not read, until that is little. */
  #look(): void {
    if (this.#looking !== undefined || this.#state !== "open") return;
    const bytes = this.#socket.bufferedAmount;
    this.#tell({ type: "unsent", bytes });
    if (bytes <= UNSENT_BYTES) return;
    this.#looking = this.#options.clock.after(UNSENT_LOOK_MS, () => {
      this.#looking = undefined;
      this.#look();
    });
  }

  #tell(message: FromRelay): void {
    if (this.#state === "open") this.pipe?.send(message);
  }

  #over(): void {
    if (this.#state !== "open") return;
    this.#state = "over";
    this.#looking?.[Symbol.dispose]();
    this.#options.onOver();
  }
}
