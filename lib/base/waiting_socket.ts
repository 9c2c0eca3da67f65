import type { Socket, SocketEvents } from "./socket.ts";

/** A socket whose owner is not known yet. Its messages wait, and its owner gets
 * them in order. */
export class WaitingSocket implements SocketEvents {
  readonly socket: Socket;
  readonly #options: { messagesMax: number; tooManyCode: number };
  #owner: SocketEvents | undefined;
  #early: string[] = [];
  #closedWith: number | undefined;

  constructor(
    socket: Socket,
    options: {
      /** With more waiting messages, the socket is closed with the code. */
      messagesMax: number;
      tooManyCode: number;
    },
  ) {
    this.socket = socket;
    this.#options = options;
  }

  /** True if it has been closed while it had no owner. */
  get isClosed(): boolean {
    return this.#owner === undefined && this.#closedWith !== undefined;
  }

  message(text: string): void {
    if (this.#owner !== undefined) return this.#owner.message(text);
    const { messagesMax, tooManyCode } = this.#options;
    if (this.#early.length < messagesMax) this.#early.push(text);
    else this.socket.close(tooManyCode);
  }

  closed(code: number): void {
    this.#closedWith = code;
    this.#owner?.closed(code);
  }

  /** Passes everything on to the owner from now on. */
  giveTo(owner: SocketEvents): void {
    this.#owner = owner;
    for (const text of this.#early.splice(0)) owner.message(text);
    if (this.#closedWith !== undefined) owner.closed(this.#closedWith);
  }
}
