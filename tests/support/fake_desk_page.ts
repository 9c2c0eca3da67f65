import type { Socket, SocketEvents } from "@/lib/base/socket.ts";
import type { DeskBank } from "@/lib/desk/bank.ts";
import type { Account } from "@/lib/model/account.ts";
import { decodeServiceMessage, encode } from "@/lib/protocol/desk/codec.ts";
import type { Hello, PageMessage } from "@/lib/protocol/desk/page_messages.ts";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import { Heard } from "./heard.ts";

type MessageOf<T extends ServiceMessage["type"]> = Extract<
  ServiceMessage,
  { type: T }
>;

/** An agent's browser with the desk's real protocol, without a network. It
 * shows all ringing contacts, unless `shows` is false, and answers pings. */
export class FakeDeskPage {
  readonly heard = new Heard<ServiceMessage>();
  readonly id: string;
  readonly #bank: DeskBank;
  readonly #account: Account;
  readonly #shows: boolean;
  #events: SocketEvents | undefined;
  #counts = new Map<string, number>();
  /** The code with which the service closed the last socket. */
  closedWith: number | undefined;
  bufferedAmount = 0;
  answersPing = true;

  constructor(bank: DeskBank, account: Account, { id, shows = true }: {
    id?: string;
    shows?: boolean;
  } = {}) {
    this.#bank = bank;
    this.#account = account;
    this.#shows = shows;
    this.id = id ?? crypto.randomUUID();
  }

  /** Opens a socket and sends hello. */
  connect({ calls = [], chats = [] }: Partial<Hello> = {}): this {
    this.open();
    this.say({ type: "hello", v: 1, page: this.id, calls, chats });
    return this;
  }

  /** Opens a socket and sends nothing. */
  open(): void {
    this.closedWith = undefined;
    const socket = new FakeSocket({
      heard: (text) => this.#hear(text),
      closed: (code) => {
        this.closedWith = code;
        this.#events = undefined;
      },
      buffered: () => this.bufferedAmount,
    });
    const events = this.#bank.accept(socket, this.#account);
    if (socket.isOpen) this.#events = events;
  }

  say(message: PageMessage): void {
    this.send(encode(message));
  }

  send(frame: string): void {
    this.#events?.message(frame);
  }

  /** Returns the next number of a message about this call. */
  n(call: string): number {
    const n = (this.#counts.get(call) ?? 0) + 1;
    this.#counts.set(call, n);
    return n;
  }

  /** Closes or reloads the tab, which sends leave first. */
  leave(): void {
    this.say({ type: "leave" });
    this.end(1001);
  }

  /** Ends the socket without a message of the page: 1006 is a lost connection,
   * 1001 a proxy that is reloaded. */
  end(code: number): void {
    const events = this.#events;
    this.#events = undefined;
    events?.closed(code);
  }

  /** Returns the last message of this type, or undefined. */
  last<T extends ServiceMessage["type"]>(type: T): MessageOf<T> | undefined {
    return this.all(type).at(-1);
  }

  all<T extends ServiceMessage["type"]>(type: T): MessageOf<T>[] {
    return this.heard.all.filter((message): message is MessageOf<T> =>
      message.type === type
    );
  }

  #hear(frame: string): void {
    const decoded = decodeServiceMessage(frame);
    if (!decoded.ok) throw new Error(decoded.error.text);
    const message = decoded.value;
    this.heard.tell(message);
    if (message.type === "ping" && this.answersPing) this.say({ type: "pong" });
    if (message.type === "call") this.#show(message.call);
    if (message.type === "chat") this.#show(message.chat);
    if (message.type !== "welcome") return;
    for (const call of message.calls) this.#show(call);
    for (const chat of message.chats) this.#show(chat);
  }

  #show({ id, state }: { id: string; state: string }): void {
    if (state !== "ringing" || !this.#shows) return;
    this.say({ type: "ringing", contact: id });
  }
}

interface PageEnd {
  heard(text: string): void;
  closed(code: number): void;
  buffered(): number;
}

class FakeSocket implements Socket {
  isOpen = true;
  readonly #page: PageEnd;

  constructor(page: PageEnd) {
    this.#page = page;
  }

  get bufferedAmount(): number {
    return this.#page.buffered();
  }

  send(...texts: string[]): void {
    for (const text of texts) {
      if (this.isOpen) this.#page.heard(text);
    }
  }

  close(code: number): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#page.closed(code);
  }
}
