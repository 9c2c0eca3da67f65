import { createHash } from "node:crypto";
import type { Contact, LostChat } from "@/lib/contact/contact.ts";
import type { Believed, Line } from "@/lib/contact/line.ts";
import type { VisitorMessage, VisitorPort } from "@/lib/contact/ports.ts";
import { encode } from "@/lib/protocol/visitor/codec.ts";

/** Who has a seat: a socket, or what is left of one. */
export interface SeatOwner {
  send(frame: string): void;
  /** Another owner has the seat now. */
  giveUp(): void;
}

/** What a seat is called where its chat is kept: who reads it there cannot take
 * the seat with it. */
export function seatName(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** A visitor's place in the service. It outlives a lost socket. */
export class Seat implements VisitorPort {
  readonly widget: string;
  readonly #contact: Contact;
  #token: string;
  #line: Line | undefined;
  #hasOpened = false;
  /** Name at the TURN servers, the same however often the page asks for it. */
  iceUser: string | undefined;
  /** True once its visitor has shown a proof of work. */
  hasProven = false;
  #owner: SeatOwner | undefined;

  constructor(token: string, widget: string, contact: Contact) {
    this.#token = token;
    this.widget = widget;
    this.#contact = contact;
  }

  /** The seat of a chat that the process before this one was killed with. */
  static ofLost(chat: LostChat, contact: Contact): Seat {
    const seat = new Seat("", chat.widget, contact);
    seat.#line = chat.resume(seat);
    return seat;
  }

  /** Whoever shows it has the seat. "": nobody has shown it yet. */
  get token(): string {
    return this.#token;
  }

  /** Its visitor has shown this token, which nobody else knew. */
  findToken(token: string): void {
    this.#token = token;
  }

  /** The seat's calls and chats; made when first used, most visitors only look. */
  get line(): Line {
    return this.#line ??= this.#contact.line(this, seatName(this.#token));
  }

  /** The visitor opens the widget, calls or writes: whether for the first time. */
  open(): boolean {
    const isFirst = !this.#hasOpened;
    this.#hasOpened = true;
    return isFirst;
  }

  /** Whether a call or a chat is going on. */
  get isRunning(): boolean {
    return this.#line?.running ?? false;
  }

  /** True for each kind of contact that rings or runs. */
  get running(): Record<"call" | "chat", boolean> {
    return this.#line?.kinds ?? { call: false, chat: false };
  }

  /** Whether something is going on that a stop of the service would end. */
  get endsWithService(): boolean {
    return this.#line?.endsWithService ?? false;
  }

  /** Gives the seat to this owner, out of another's hands if need be. */
  giveTo(owner: SeatOwner): void {
    const before = this.#owner;
    this.#owner = owner;
    before?.giveUp();
  }

  tell(message: VisitorMessage): void {
    this.#owner?.send(encode(message));
  }

  /** Whether a page that comes back would find something again. */
  get keeps(): boolean {
    return this.#line !== undefined &&
      (this.#line.hasChat || this.#line.hasCall);
  }

  away(): void {
    this.#line?.away();
  }

  /** True if the page has created this call or chat already. */
  knows(contact: string | undefined): boolean {
    return contact !== undefined && this.#line?.knows(contact) === true;
  }

  /** The page is back, and has the chat's entries up to `seq`. */
  back(seq: number, believed: Believed): void {
    this.#line?.back(seq, believed);
  }

  /** Ends what runs. */
  close(cause?: number): void {
    this.#line?.close(cause);
  }

  /** The service stops: leaves what is stored to the next process. */
  suspend(): void {
    this.#line?.suspend();
  }
}
