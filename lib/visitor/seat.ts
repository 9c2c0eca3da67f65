import type { Bridge, LostChat } from "@/lib/contact/bridge.ts";
import { type SeatContacts, visitOf } from "@/lib/contact/seat_contacts.ts";
import type { VisitorMessage, VisitorPort } from "@/lib/contact/ports.ts";
import { sha256Hex } from "@/lib/store/sha256.ts";

/** The owner of a seat: a socket, open or lost. */
export interface SeatOwner {
  tell(message: VisitorMessage): void;
  /** Another owner has taken the seat. */
  giveUp(): void;
  /** Another instance continues the chat, so the page has to reconnect. */
  move(): void;
}

/** Returns a seat's name for the store, which cannot be used to take the
 * seat. */
export function seatName(token: string): string {
  return sha256Hex(token);
}

/** Returns the visit whose token a page shows, if any. */
export function shownVisit(
  { resume }: { resume?: string },
): string | undefined {
  return resume === undefined ? undefined : visitOf(seatName(resume));
}

/** A visitor's place in the service, which outlives a lost socket. */
export class Seat implements VisitorPort {
  readonly widget: string;
  /** The seat's calls and chats, if it had any. */
  begun: SeatContacts | undefined;
  readonly #bridge: Bridge;
  #token: string;
  #hasOpened = false;
  /** Name at the TURN servers, the same for all requests of the page. */
  iceUser: string | undefined;
  /** True once its visitor has shown a proof of work. */
  hasProven = false;
  #owner: SeatOwner | undefined;

  constructor(token: string, widget: string, bridge: Bridge) {
    this.#token = token;
    this.widget = widget;
    this.#bridge = bridge;
  }

  /** Creates the seat of a chat whose process was stopped or killed. */
  static ofLost(chat: LostChat, bridge: Bridge): Seat {
    const seat = new Seat("", chat.widget, bridge);
    seat.begun = chat.resume(seat);
    return seat;
  }

  /** The token that gives access to the seat. "" until a page has shown it. */
  get token(): string {
    return this.#token;
  }

  /** Sets the token that its visitor has shown, which was unknown before. */
  findToken(token: string): void {
    this.#token = token;
  }

  /** The seat's calls and chats, created on first use, because most visitors
   * only look. */
  get contacts(): SeatContacts {
    return this.begun ??= this.#bridge.contacts(
      this,
      seatName(this.#token),
    );
  }

  /** The name of the visit, by which its contacts belong together. */
  get visit(): string {
    return this.begun?.visit ?? visitOf(seatName(this.#token));
  }

  /** Records that the visitor opens the widget, calls or writes; returns true
   * the first time. */
  open(): boolean {
    const isFirst = !this.#hasOpened;
    this.#hasOpened = true;
    return isFirst;
  }

  /** True for each kind of contact that rings or runs. */
  get running(): Record<"call" | "chat", boolean> {
    const { call, chat } = this.begun ?? {};
    return { call: call?.running ?? false, chat: chat?.running ?? false };
  }

  /** Ends its call and its chat for both sides, because its visit is blocked.
   * The page keeps the token, by which the visit is recognized (V54). */
  endContacts(): void {
    this.begun?.call.dispatch({ type: "clear" });
    this.begun?.chat.dispatch({ type: "clear" });
    this.tell({ mt: "KeepSeat" });
  }

  /** Gives the seat to this owner, and takes it from another one if
   * necessary. */
  giveTo(owner: SeatOwner): void {
    const before = this.#owner;
    this.#owner = owner;
    before?.giveUp();
  }

  tell(message: VisitorMessage): void {
    this.#owner?.tell(message);
  }

  move(): void {
    this.#owner?.move();
  }

  /** True if a page that reconnects would find something to resume. */
  get keeps(): boolean {
    const { call, chat } = this.begun ?? {};
    return call?.busy === true || chat?.busy === true;
  }
}
