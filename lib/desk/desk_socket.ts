import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { isOwnPause } from "@/lib/base/own_pause.ts";
import { RateWindow } from "@/lib/base/rate_window.ts";
import type { Socket, SocketEvents } from "@/lib/base/socket.ts";
import { DESK_CLOSE } from "@/lib/protocol/desk/close_codes.ts";
import {
  decodePageMessage,
  type DeskDecodeError,
  encode,
} from "@/lib/protocol/desk/codec.ts";
import { DESK_LIMITS as LIMITS } from "@/lib/protocol/desk/limits.ts";
import type { Hello, PageMessage } from "@/lib/protocol/desk/page_messages.ts";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";

const log = getLogger(["widgets", "desk"]);

/** The messages of a page after hello, without pings. */
export type DeskMessage = Exclude<
  PageMessage,
  { type: "hello" | "leave" | "moving" | "ping" | "pong" }
>;

/** How a page has disconnected. */
export interface Departure {
  /** True if it was left on purpose; otherwise its connection broke. */
  clean: boolean;
  /** True if another page of the agent follows in its tab. */
  moves: boolean;
}

/** A page that has not been left within this time stays. */
const MOVING_MS = 10_000;

/** The owner of a socket. After `left` it receives nothing more from it. */
export interface DeskSocketOwner {
  /** Increases when sockets have to reconnect. */
  readonly generation: number;
  hello(socket: DeskSocket, hello: Hello): void;
  message(socket: DeskSocket, message: DeskMessage): void;
  left(socket: DeskSocket, how: Departure): void;
}

/**
 * One socket of an agent's page: decoding, limits and pings.
 *
 *     waiting for hello --hello--> open --leave, closed, silent, bad, slow--> over
 *            +---------- no hello in time, closed ----------------------------^
 */
export class DeskSocket implements SocketEvents {
  readonly #socket: Socket;
  readonly #owner: DeskSocketOwner;
  readonly #clock: Clock;
  /** The owner's generation when the handshake was authenticated. */
  readonly generation: number;
  #state: "waiting" | "open" | "over" = "waiting";
  #page = "";
  #heardAt: number;
  /** Until then, a lost connection is that of a page that another one
   * follows. */
  #movesUntil = -Infinity;
  #dueAt = 0;
  #timer: Disposable | undefined;
  #badCount = 0;
  readonly #messages = new RateWindow(
    LIMITS.messagesPerWindow,
    LIMITS.windowMs,
  );

  constructor(socket: Socket, { owner, clock }: {
    owner: DeskSocketOwner;
    clock: Clock;
  }) {
    this.#socket = socket;
    this.#owner = owner;
    this.#clock = clock;
    this.generation = owner.generation;
    this.#heardAt = clock.now();
    this.#checkIn(LIMITS.helloWithinMs);
  }

  /** The id of the page from hello. */
  get page(): string {
    return this.#page;
  }

  say(message: ServiceMessage): void {
    if (this.#state === "over") return;
    this.#socket.send(encode(message));
    if (this.#socket.bufferedAmount > LIMITS.bufferedBytes) {
      this.close(DESK_CLOSE.overload);
    }
  }

  /** Closes the socket; the owner is notified immediately that the page has
   * left. */
  close(code: number, { silently = false } = {}): void {
    if (this.#state === "over") return;
    this.#socket.close(code);
    this.#over({ silently });
  }

  message(text: string): void {
    if (this.#state === "over") return;
    this.#heardAt = this.#clock.now();
    if (this.#messages.take(this.#heardAt) > 0) {
      return this.close(DESK_CLOSE.rateLimited);
    }
    const decoded = decodePageMessage(text);
    if (decoded.ok) this.#on(decoded.value);
    else this.#refuse(decoded.error);
  }

  /** The connection is lost, whatever the code, because a page that is left
   * sends leave. */
  closed(): void {
    if (this.#state !== "over") this.#over();
  }

  #on(message: PageMessage): void {
    if (message.type === "ping") return this.say({ type: "pong" });
    if (message.type === "pong") return;
    if (message.type === "hello") return this.#onHello(message);
    if (this.#state === "open") {
      if (message.type === "leave") {
        return this.#onLeave(message.moves ?? false);
      }
      if (message.type === "moving") {
        this.#movesUntil = this.#clock.now() + MOVING_MS;
        return;
      }
      return this.#owner.message(this, message);
    }
    this.#refuse({ reason: "invalid", text: "Cannot start without a hello" });
  }

  #onHello(hello: Hello): void {
    if (this.#state === "open") {
      return this.#refuse({
        reason: "invalid",
        text: "Cannot say hello twice",
      });
    }
    this.#state = "open";
    this.#page = hello.page;
    this.#checkIn(LIMITS.pingEveryMs);
    this.#owner.hello(this, hello);
  }

  #onLeave(moves: boolean): void {
    this.#socket.close(DESK_CLOSE.normal);
    this.#over({ how: { clean: true, moves } });
  }

  #refuse({ reason, text }: DeskDecodeError): void {
    log.warn("Dropped a message of a desk: {text}", { text });
    if (reason === "too-big") return this.close(DESK_CLOSE.tooBig);
    this.say({ type: "error", error: "bad-message", text });
    if (++this.#badCount >= LIMITS.badMessages) {
      this.close(DESK_CLOSE.badMessage);
    }
  }

  #checkIn(ms: number): void {
    this.#timer?.[Symbol.dispose]();
    this.#dueAt = this.#clock.now() + ms;
    this.#timer = this.#clock.after(ms, () => this.#onTime());
  }

  #onTime(): void {
    const now = this.#clock.now();
    if (isOwnPause(now - this.#dueAt)) {
      // The messages of the page have not been read yet.
    } else if (this.#state === "waiting") {
      return this.close(DESK_CLOSE.helloTimeout);
    } else if (now - this.#heardAt >= LIMITS.silentMs) {
      return this.close(DESK_CLOSE.silent);
    }
    this.#checkIn(LIMITS.pingEveryMs);
    if (this.#state === "open") this.say({ type: "ping" });
  }

  #over(
    { how = this.#lost(), silently = false }: {
      how?: Departure;
      silently?: boolean;
    } = {},
  ): void {
    const wasOpen = this.#state === "open";
    this.#state = "over";
    this.#timer?.[Symbol.dispose]();
    if (wasOpen && !silently) this.#owner.left(this, how);
  }

  #lost(): Departure {
    return { clean: false, moves: this.#clock.now() < this.#movesUntil };
  }
}
