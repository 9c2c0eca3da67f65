import type { Peer, Socket, SocketEvents } from "@/lib/base/socket.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ServerMessage } from "@/lib/protocol/visitor/codec.ts";
import { Heard } from "./heard.ts";

export type { ServerMessage };
export type Of<Mt extends ServerMessage["mt"]> = Extract<
  ServerMessage,
  { mt: Mt }
>;

type Accept = (socket: Socket, peer: Peer) => SocketEvents;

/** A visitor's page at its end of a socket in memory. */
export class FakePage implements Socket {
  /** Frames as they arrived, and their messages. */
  readonly frames: string[] = [];
  readonly heard = new Heard<ServerMessage>();
  readonly #closings = new Heard<number>();
  readonly #events: SocketEvents;
  #isClosed = false;
  bufferedAmount = 0;

  constructor(accept: Accept, peer: Partial<Peer> = {}) {
    this.#events = accept(this, {
      address: "192.0.2.1",
      origin: null,
      ...peer,
    });
  }

  /** The code with which the service closed the socket. */
  get closedWith(): number | undefined {
    return this.#closings.all[0];
  }

  /** True if the socket is closed, by either side. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Resolves with that code. */
  closing(): Promise<number> {
    return this.#closings.until(() => true);
  }

  say(message: ClientMessage): void {
    this.sayText(JSON.stringify(message));
  }

  sayText(frame: string): void {
    if (!this.#isClosed) this.#events.message(frame);
  }

  /** Breaks the socket, or closes it from the page with another code than
   * 1006. */
  drop(code = 1006): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#events.closed(code);
  }

  /** Returns all messages of one type so far. */
  all<Mt extends ServerMessage["mt"]>(mt: Mt): Of<Mt>[] {
    return this.heard.all.filter((m): m is Of<Mt> => m.mt === mt);
  }

  /** Resolves with the first message of this type that `matches`, past or
   * future. */
  async until<Mt extends ServerMessage["mt"]>(
    mt: Mt,
    matches: (message: Of<Mt>) => boolean = () => true,
  ): Promise<Of<Mt>> {
    const is = (m: ServerMessage): m is Of<Mt> =>
      m.mt === mt && matches(m as Of<Mt>);
    return await this.heard.until(is) as Of<Mt>;
  }

  send(...texts: string[]): void {
    if (this.#isClosed || this.closedWith !== undefined) return;
    for (const text of texts) {
      this.frames.push(text);
      this.heard.tell(JSON.parse(text));
    }
  }

  close(code: number): void {
    if (this.#isClosed || this.closedWith !== undefined) return;
    this.#closings.tell(code);
    queueMicrotask(() => this.drop(code)); // The handshake takes a moment.
  }
}
