import type { Clock } from "@/lib/base/clock.ts";
import { Machine } from "@/lib/base/machine.ts";
import { DESK_CLOSE } from "@/lib/protocol/desk/close_codes.ts";
import { decodeServiceMessage, encode } from "@/lib/protocol/desk/codec.ts";
import type { Hello, PageMessage } from "@/lib/protocol/desk/page_messages.ts";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import {
  connectionDueAt,
  type DeskConnectionEffect,
  type DeskConnectionEvent,
  type DeskConnectionState,
  type SignInState,
  stepConnection,
} from "./connection_state.ts";

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

export interface DeskConnectionDeps {
  clock: Clock;
  chance: () => number;
  openSocket(events: PageSocketEvents): PageSocket;
  /** Resolves to whether the browser is still signed in. Never rejects. */
  checkSession(): Promise<SignInState>;
}

export interface DeskConnectionOwner {
  hello(): Hello;
  heard(message: ServiceMessage): void;
  moved(connection: DeskConnectionState): void;
}

/** Runs the state machine of the connection. */
export class DeskConnection {
  readonly #deps: DeskConnectionDeps;
  readonly #owner: DeskConnectionOwner;
  readonly #machine: Machine<
    DeskConnectionState,
    DeskConnectionEvent,
    DeskConnectionEffect
  >;
  #socket: PageSocket | undefined;
  #isOpen = false;

  constructor(deps: DeskConnectionDeps, owner: DeskConnectionOwner) {
    this.#deps = deps;
    this.#owner = owner;
    const { clock, chance } = deps;
    this.#machine = new Machine({
      initial: { state: "stopped" },
      step: (connection, event, now) =>
        stepConnection(connection, event, { now, chance: chance() }),
      onChange: (connection, before) => {
        if (connection.state !== before.state) owner.moved(connection);
      },
      perform: (effect) => this.#perform(effect),
      clock,
      dueAt: connectionDueAt,
    });
  }

  dispatch(event: DeskConnectionEvent): void {
    this.#machine.dispatch(event);
  }

  /** Sends if there is a connection. Otherwise the page sends what still
   * matters after the next welcome, from its state. */
  say(message: PageMessage): void {
    if (this.#machine.state.state === "open") this.#send(message);
  }

  #send(message: PageMessage): void {
    if (this.#isOpen) this.#socket?.send(encode(message));
  }

  #perform(effect: DeskConnectionEffect): void {
    switch (effect) {
      case "open":
        return this.#open();
      case "drop":
        return this.#close(DESK_CLOSE.silent);
      case "leave":
        this.#send({ type: "leave" });
        return this.#close(DESK_CLOSE.normal);
      case "move":
        this.#send({ type: "leave", moves: true });
        return this.#close(DESK_CLOSE.normal);
      case "ping":
        return this.#send({ type: "ping" });
      case "check":
        this.#deps.checkSession().then((found) =>
          this.dispatch({ type: "checked", found })
        );
    }
  }

  #open(): void {
    const isMine = () => this.#socket === socket;
    const socket: PageSocket = this.#deps.openSocket({
      opened: () => {
        if (!isMine()) return;
        this.#isOpen = true;
        this.#send(this.#owner.hello());
      },
      message: (text) => {
        if (isMine()) this.#onFrame(text);
      },
      closed: (code) => {
        if (!isMine()) return;
        this.#socket = undefined;
        this.#isOpen = false;
        this.dispatch({ type: "closed", code });
      },
    });
    this.#socket = socket;
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
    this.dispatch({ type: message.type === "welcome" ? "welcome" : "heard" });
    if (message.type === "ping") this.#send({ type: "pong" });
    else this.#owner.heard(message);
  }
}
