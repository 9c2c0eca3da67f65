import { type Clock, systemClock } from "@/lib/base/clock.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { PROTOCOL_VERSION } from "@/lib/protocol/visitor/limits.ts";
import type {
  Info,
  SessionMessage,
} from "@/lib/protocol/visitor/session_messages.ts";
import type { ContactsOwner, ContactsPort } from "./contacts_port.ts";
import { decodeSessionMessage, parse } from "./decode.ts";
import type { ContactEvent } from "./events.ts";
import {
  type Connection,
  type ConnectionEffect,
  type ConnectionEvent,
  step,
} from "./connection.ts";
import {
  EMPTY_ROSTER,
  forgetAsked,
  hear,
  type Roster,
  settle,
  SETTLE_MS,
  wantPicture,
} from "./roster.ts";

/** The methods of an open WebSocket that the widget needs. */
export type Wire = Pick<WebSocket, "send" | "close">;

export interface WireEvents {
  opened(): void;
  heard(frame: unknown): void;
  /** Called once, as the last event. */
  closed(code: number): void;
}

/** Injected dependencies, so that tests need neither network nor time. */
export interface CoreDeps {
  clock: Clock;
  chance(): number;
  openWire(url: string, events: WireEvents): Wire;
}

/** The widget, its service and the requested language. */
export interface WidgetAddress {
  uuid: string;
  /** The service's `ws:` or `wss:` URL. */
  url: string;
  lang: string;
  /** Token from an earlier page of this tab; see contact/memory.ts. */
  resume?: string;
}

export type CoreEvent =
  | ContactEvent
  | { type: "ready" }
  | { type: "presence"; agent: string; presence: string }
  /** A chunk could not be loaded. */
  | { type: "failed" };

/** Imports only the type, because the page doesn't need the limits. */
const VERSION: typeof PROTOCOL_VERSION = 1;

/** One widget's connection and state. Lives as long as its page needs it, even
 * while no element shows it. Nothing here throws. */
export class Core {
  readonly address: WidgetAddress;
  readonly #deps: CoreDeps;
  #connection: Connection = { state: "parked" };
  #roster: Roster = EMPTY_ROSTER;
  #contacts: ContactsPort | undefined;
  #wire: Wire | undefined;
  #dueTimer: Disposable | undefined;
  #settleTimer: Disposable | undefined;
  #retryAfterMs = 0;
  /** Presence by agent, as the host page received it last. */
  readonly #told = new Map<string, string>();
  /** Called after each change of the view. */
  onchange: () => void = () => {};
  /** Called with events for the host page. */
  ontell: (event: CoreEvent) => void = () => {};

  constructor(address: WidgetAddress, deps: CoreDeps = browser) {
    this.address = address;
    this.#deps = deps;
  }

  get connection(): Connection {
    return this.#connection;
  }

  get roster(): Roster {
    return this.#roster;
  }

  get contacts(): ContactsPort | undefined {
    return this.#contacts;
  }

  /** Creates calls and chats once their code has loaded; `make` gets their
   * access to the service. */
  attach(make: (owner: ContactsOwner) => ContactsPort): ContactsPort {
    if (this.#contacts) return this.#contacts;
    const contacts = this.#contacts = make({
      uuid: this.address.uuid,
      clock: this.#deps.clock,
      send: (message) => this.send(message),
      changed: () => this.onchange(),
      failed: () => this.ontell({ type: "failed" }),
      tell: (event) => this.ontell(event),
      ready: () => this.#listens(),
      wake: () => this.dispatch({ type: "wake" }),
      roster: () => this.#roster,
    });
    if (contacts.resume !== "") this.address.resume = contacts.resume;
    return contacts;
  }

  /** Without `Machine`, which would make the first load 180 bytes larger. */
  dispatch(event: ConnectionEvent): void {
    const before = this.#connection;
    const chance = this.#deps.chance();
    const { state: connection, effects } = step(before, event, chance);
    this.#connection = connection;
    for (const effect of effects) this.#perform(effect);
    if (connection.state === before.state) return;
    if (listens(before) && !listens(connection)) this.#contacts?.disconnected();
    // The widget was deleted, or this website may not show it any more.
    if (connection.state === "refused") this.#roster = EMPTY_ROSTER;
    this.onchange();
  }

  /** Sends if the service is connected; returns whether it did. */
  send(message: ClientMessage): boolean {
    if (!this.#listens()) return false;
    this.#wire?.send(JSON.stringify(message));
    return true;
  }

  /** Requests the picture of a visible card, unless it is known. */
  see(id: string): void {
    if (this.#connection.state !== "ready") return;
    const { roster, ask } = wantPicture(this.#roster, id);
    this.#roster = roster;
    if (ask) this.send({ mt: "GetPicture", id });
  }

  /** Uses another language from now on. */
  speak(lang: string): void {
    this.address.lang = lang;
    if (this.#connection.state === "parked") return;
    this.dispatch({ type: "leave" });
    this.dispatch({ type: "arrive" });
  }

  dispose(): void {
    this.#contacts?.dispose();
    this.dispatch({ type: "leave" });
    this.#settleTimer?.[Symbol.dispose]();
    this.onchange = this.ontell = () => {};
  }

  #listens(): boolean {
    return listens(this.#connection);
  }

  #perform(effect: ConnectionEffect): void {
    switch (effect.type) {
      case "open":
        return this.#open();
      case "greet":
        return this.#greet();
      case "close":
        return this.#close();
      case "probe":
        // Any answer proves that the service is there.
        return this.#wire?.send(JSON.stringify({ mt: "GetIceConfig" }));
      case "wait":
        this.#dueTimer?.[Symbol.dispose]();
        this.#dueTimer = this.#deps.clock.after(
          effect.ms,
          () => this.dispatch({ type: "due" }),
        );
        return;
      case "stop-waiting":
        return this.#dueTimer?.[Symbol.dispose]();
    }
  }

  #open(): void {
    this.#retryAfterMs = 0;
    this.#roster = forgetAsked(this.#roster);
    // Ignores events of a socket that was replaced.
    const current = () => own === this.#wire;
    const own: Wire = this.#wire = this.#deps.openWire(this.address.url, {
      opened: () => current() && this.dispatch({ type: "opened" }),
      heard: (frame) => current() && this.#hear(frame),
      closed: (code) => {
        if (!current()) return;
        this.#wire = undefined;
        const retryAfterMs = this.#retryAfterMs;
        const isBusy = this.#contacts?.running;
        this.dispatch({ type: "closed", code, retryAfterMs, isBusy });
      },
    });
  }

  #greet(): void {
    const { uuid, lang } = this.address;
    const resume = this.#roster.session?.resume ?? this.address.resume;
    const start: ClientMessage = { mt: "Start", uuid, v: VERSION };
    if (isLanguageTag(lang)) start.lang = lang;
    if (resume) Object.assign(start, this.#contacts?.known, { resume });
    this.#wire?.send(JSON.stringify(start));
  }

  #close(): void {
    const wire = this.#wire;
    this.#wire = undefined;
    wire?.close(1000);
  }

  #hear(frame: unknown): void {
    this.dispatch({ type: "heard" });
    const value = parse(frame);
    const message = decodeSessionMessage(value);
    if (message) this.#take(message);
    else this.#contacts?.hear(value);
  }

  #take(message: SessionMessage): void {
    const resumed = this.#roster.session?.resume ?? this.address.resume;
    this.#roster = hear(this.#roster, message);
    switch (message.mt) {
      case "Session": {
        const fresh = this.#connection.state === "greeting";
        this.dispatch({ type: "session" });
        if (fresh) this.ontell({ type: "ready" });
        if (fresh) this.#contacts?.reconnected(message.resume === resumed);
        return this.#settleSoon();
      }
      case "Info":
        if (this.#roster.incoming !== undefined) return this.#settleSoon();
        this.#tellPresence([message]);
        return this.onchange();
      case "Picture":
        return this.onchange();
      case "Error":
        console.info("contact-widget:", message.text); // For the website's developer.
        this.#retryAfterMs = (message.retryAfter ?? 0) * 1_000;
        return this.#contacts?.refused(message.error);
    }
  }

  #settleSoon(): void {
    this.#settleTimer?.[Symbol.dispose]();
    this.#settleTimer = this.#deps.clock.after(SETTLE_MS, () => {
      this.#roster = settle(this.#roster);
      this.#tellPresence(this.#roster.cards);
      this.onchange();
    });
  }

  #tellPresence(cards: readonly Info[]): void {
    for (const { id: agent, presence } of cards) {
      if (this.#told.get(agent) === presence) continue;
      this.#told.set(agent, presence);
      this.ontell({ type: "presence", agent, presence });
    }
  }
}

function listens({ state }: Connection): boolean {
  return state === "ready" || state === "probing";
}

/** True for a language tag that the service accepts; a browser may report
 * others. */
function isLanguageTag(lang: string): boolean {
  return /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(lang);
}

const browser: CoreDeps = {
  clock: systemClock,
  chance: Math.random,
  openWire(url, events) {
    let socket: WebSocket;
    try {
      socket = new WebSocket(url);
    } catch { // The page uses https and the service does not.
      queueMicrotask(() => events.closed(1006));
      return { send() {}, close() {} };
    }
    socket.onopen = () => events.opened();
    socket.onmessage = ({ data }) => events.heard(data);
    socket.onclose = ({ code }) => events.closed(code);
    return socket;
  },
};
