import type { Clock } from "@/lib/base/clock.ts";
import { DESK_CLOSE } from "@/lib/protocol/desk/close_codes.ts";
import { decodeServiceMessage, encode } from "@/lib/protocol/desk/codec.ts";
import type { Hello, PageMessage } from "@/lib/protocol/desk/page_messages.ts";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import {
  linkDueAt,
  type LinkEffect,
  type LinkEvent,
  type LinkState,
  type Session,
  stepLink,
} from "./link_state.ts";

/** A socket that is being opened. Its events are asynchronous. */
export interface PageSocket {
  send(text: string): void;
  close(code: number): void;
}

export interface PageSocketEvents {
  opened(): void;
  message(text: string): void;
  closed(code: number): void;
}

export interface LinkDoors {
  clock: Clock;
  chance: () => number;
  openSocket(events: PageSocketEvents): PageSocket;
  /** Resolves to whether the browser is still signed in. Never rejects. */
  checkSession(): Promise<Session>;
}

export interface LinkHost {
  hello(): Hello;
  heard(message: ServiceMessage): void;
  moved(link: LinkState): void;
}

/** Runs the state machine of the connection. */
export class Link {
  readonly #doors: LinkDoors;
  readonly #host: LinkHost;
  #state: LinkState = { state: "stopped" };
  #timer: Disposable | undefined;
  #socket: PageSocket | undefined;
  #isOpen = false;

  constructor(doors: LinkDoors, host: LinkHost) {
    this.#doors = doors;
    this.#host = host;
  }

  get state(): LinkState {
    return this.#state;
  }

  on(event: LinkEvent): void {
    const { clock, chance } = this.#doors;
    const before = this.#state;
    const { link, effects } = stepLink(before, event, {
      now: clock.now(),
      chance: chance(),
    });
    this.#state = link;
    this.#setTimer();
    for (const effect of effects) this.#perform(effect);
    if (link.state !== before.state) this.#host.moved(link);
  }

  /** Sends if there is a connection. Otherwise the page sends what still
   * matters after the next welcome, from its state. */
  say(message: PageMessage): void {
    if (this.#state.state === "open") this.#send(message);
  }

  #send(message: PageMessage): void {
    if (this.#isOpen) this.#socket?.send(encode(message));
  }

  #perform(effect: LinkEffect): void {
    switch (effect) {
      case "open":
        return this.#open();
      case "drop":
        return this.#close(DESK_CLOSE.silent);
      case "leave":
        this.#send({ type: "leave" });
        return this.#close(DESK_CLOSE.normal);
      case "ping":
        return this.#send({ type: "ping" });
      case "check":
        this.#doors.checkSession().then((found) =>
          this.on({ type: "checked", found })
        );
    }
  }

  #open(): void {
    const isMine = () => this.#socket === socket;
    const socket: PageSocket = this.#doors.openSocket({
      opened: () => {
        if (!isMine()) return;
        this.#isOpen = true;
        this.#send(this.#host.hello());
      },
      message: (text) => {
        if (isMine()) this.#onFrame(text);
      },
      closed: (code) => {
        if (!isMine()) return;
        this.#socket = undefined;
        this.#isOpen = false;
        this.on({ type: "closed", code });
      },
    });
    this.#socket = socket;
    this.#isOpen = false;
  }

  #close(code: number): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#isOpen = false;
    socket?.close(code);
  }

  #onFrame(text: string): void {
    const decoded = decodeServiceMessage(text);
    if (!decoded.ok) return; // The service may be newer.
    const message = decoded.value;
    this.on({ type: message.type === "welcome" ? "welcome" : "heard" });
    if (message.type === "ping") this.#send({ type: "pong" });
    else this.#host.heard(message);
  }

  #setTimer(): void {
    this.#timer?.[Symbol.dispose]();
    const dueAt = linkDueAt(this.#state);
    this.#timer = undefined;
    if (dueAt === undefined) return;
    const delayMs = Math.max(0, dueAt - this.#doors.clock.now());
    this.#timer = this.#doors.clock.after(
      delayMs,
      () => this.on({ type: "time" }),
    );
  }
}
