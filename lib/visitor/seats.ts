import { newToken } from "@/lib/base/ids.ts";
import type { Bridge, LostChat } from "@/lib/contact/bridge.ts";
import type { RunningContacts } from "./running_contacts.ts";
import { Seat, seatName } from "./seat.ts";
import type { Start } from "./socket_state.ts";

export interface SeatsOptions {
  bridge: Bridge;
  contacts: RunningContacts;
  newToken?(): string;
}

/** The seats of all visitors. */
export class Seats {
  readonly #options: SeatsOptions;
  /** By token. */
  readonly #seats = new Map<string, Seat>();
  /** Seats of another process, whose tokens no page has shown yet, by name. */
  readonly #lost = new Map<string, Seat>();
  /** The names of all seats of another process. */
  readonly #names = new Map<Seat, string>();
  #isStopping = false;

  constructor(options: SeatsOptions) {
    this.#options = options;
  }

  /** True while the service is about to stop, so nothing new begins. */
  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Leaves stored chats to the next process from now on. */
  stop(): void {
    this.#isStopping = true;
  }

  /** Returns new seats for the visitors whose chats were running when their
   * process was stopped or killed. */
  async restore(): Promise<Seat[]> {
    const lost = await this.#options.bridge.lost();
    return lost.map((chat) => this.#restored(chat));
  }

  /** The same for the seat with this name, if it has not been restored
   * meanwhile. */
  async adopt(name: string): Promise<Seat | undefined> {
    if (this.#isStopping || this.#isRestored(name)) return undefined;
    const chat = await this.#options.bridge.lostOf(name);
    if (chat === undefined || this.#isRestored(name)) return undefined;
    return this.#restored(chat);
  }

  /** True if the seat of this token is here. */
  has(token: string): boolean {
    return this.#seats.has(token) ||
      this.#lost.size > 0 && this.#lost.has(seatName(token));
  }

  /** True if the seat of this token has a contact that ends with the
   * process. */
  isBound(token: string): boolean {
    return this.#seats.get(token)?.begun?.endsWithService ?? false;
  }

  /** Returns the seat of the token in Start, or a new one. With `keepsToken`,
   * the new one has that token, too. */
  forStart(
    { uuid, resume }: Start,
    { keepsToken = false } = {},
  ): { seat: Seat; resumed: boolean } {
    const known = resume === undefined ? undefined : this.#find(resume);
    if (known?.widget === uuid) return { seat: known, resumed: true };
    const isKept = keepsToken && known === undefined;
    const token = isKept && resume || (this.#options.newToken ?? newToken)();
    const seat = new Seat(token, uuid, this.#options.bridge);
    this.#seats.set(token, seat);
    return { seat, resumed: false };
  }

  /** Removes the seat. Ends its contacts, except those that the next process
   * continues. */
  release(seat: Seat): void {
    this.#options.contacts.delete(seat);
    this.#seats.delete(seat.token);
    const name = this.#names.get(seat);
    if (name !== undefined && seat.token === "") this.#lost.delete(name);
    this.#names.delete(seat);
    const { begun } = seat;
    if (this.#isStopping || begun?.hasMoved) begun?.suspend();
    else begun?.close();
  }

  #restored(chat: LostChat): Seat {
    const seat = Seat.ofLost(chat, this.#options.bridge);
    this.#lost.set(chat.seat, seat);
    this.#names.set(seat, chat.seat);
    return seat;
  }

  #isRestored(name: string): boolean {
    return this.#names.values().some((known) => known === name);
  }

  #find(token: string): Seat | undefined {
    if (this.#lost.size === 0) return this.#seats.get(token);
    const name = seatName(token);
    const seat = this.#lost.get(name);
    if (seat === undefined) return this.#seats.get(token);
    this.#lost.delete(name);
    this.#seats.set(token, seat);
    seat.findToken(token);
    return seat;
  }
}
