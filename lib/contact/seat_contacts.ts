import { CAUSE } from "@/lib/base/causes.ts";
import { CallRunner } from "./call_runner.ts";
import { ChatRunner } from "./chat_runner.ts";
import type { BridgeContext } from "./bridge_context.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { Route } from "@/lib/model/route.ts";
import type { IdleTimes } from "./plan.ts";
import type { Visitor, VisitorPort } from "./ports.ts";

/** An agent whom a visitor wants to reach; the widget allows it. */
export interface ContactRequest {
  address: string;
  visitor: Visitor;
  /** The page's own id of the call or chat. */
  contact?: string;
  /** Of a chat: absent if it never ends because nobody writes. */
  idle?: IdleTimes;
  /** The way to an agent, if the address is a team. */
  route?: Route;
}

/** The call and the chat that a page assumes to be running, by its own ids. */
export interface Believed {
  call?: string;
  chat?: string;
}

/** Length of a visit's name: 128 bits of a hash. */
const VISIT_LENGTH = 32;

/** Returns the name of the visit to which the contacts of a seat belong. */
export function visitOf(seat: string): string {
  return seat.slice(0, VISIT_LENGTH);
}

/** The contacts of one visitor's seat: at most one call and one chat. */
export class SeatContacts {
  readonly call: CallRunner;
  readonly chat: ChatRunner;
  /** The name of their visit. */
  readonly visit: string;
  readonly #context: BridgeContext;
  readonly #newId: () => string;

  /**
   * @param seat Identifies the visitor's seat in the store of running chats.
   */
  constructor(
    visitor: VisitorPort,
    context: BridgeContext,
    { newId, seat }: { newId: () => string; seat: string },
  ) {
    this.visit = visitOf(seat);
    this.#context = forVisit(context, seat);
    this.#newId = newId;
    this.call = new CallRunner(
      visitor,
      { ...this.#context, record: (one) => this.#onCallEnd(one) },
      seat,
    );
    const isCalling = () => this.call.running;
    this.chat = new ChatRunner(visitor, this.#context, { seat, isCalling });
  }

  /** True while a call or a chat is running. */
  get running(): boolean {
    return this.call.running || this.chat.running;
  }

  /** True if it has a contact that a stop of the service would end. */
  get endsWithService(): boolean {
    return [this.call, this.chat].some((one) => one.running && !one.canSuspend);
  }

  /** Returns the id that the call has if it begins. */
  createCall(
    { video, ...request }: ContactRequest & { video: boolean },
  ): string {
    this.#replace(this.call, request.contact);
    const plan = { ...this.#plan(request), video };
    this.call.dispatch({ type: "create", plan });
    return plan.id;
  }

  /** Returns the id that the chat has if it begins. */
  createChat(request: ContactRequest): string {
    this.#replace(this.chat, request.contact);
    const plan = this.#plan(request);
    this.chat.dispatch({ type: "create", plan });
    return plan.id;
  }

  /** True if the page has created this call or chat already. */
  knows(contact: string | undefined): boolean {
    return contact !== undefined &&
      [this.call.contact, this.chat.contact].includes(contact);
  }

  /** The page is back, and has the chat's entries up to `seq`. */
  back(seq: number, { call, chat }: Believed = {}): void {
    this.call.dispatch({ type: "back", ...(call && { contact: call }) });
    this.chat.dispatch({ type: "back", seq, ...(chat && { contact: chat }) });
  }

  /** Ends the call and the chat, because the page will not come back. */
  close(cause: number = CAUSE.normal): void {
    this.call.dispatch({ type: "gone", cause });
    this.chat.dispatch({ type: "gone", cause });
  }

  /** True once another instance continues them. */
  get hasMoved(): boolean {
    return this.call.hasMoved || this.chat.hasMoved;
  }

  /** The service stops: leaves what is stored to the next process, and ends the
   * rest. */
  suspend(): void {
    for (const one of [this.call, this.chat]) {
      if (one.canSuspend) one.suspend();
      else one.dispatch({ type: "gone", cause: CAUSE.temporaryFailure });
    }
  }

  /** CHAT27: the chat next to a call becomes idle after the call. */
  #onCallEnd(record: ContactRecord): void {
    this.#context.record(record);
    this.chat.dispatch({ type: "keep" });
  }

  /** CALL7: the page has another call or chat now, so this one ends. */
  #replace(old: CallRunner | ChatRunner, contact: string | undefined): void {
    const isOther = contact !== undefined && old.contact !== undefined &&
      old.contact !== contact;
    if (isOther) old.dispatch({ type: "clear" });
  }

  #plan(request: ContactRequest) {
    const startedAt = this.#context.clock.wall();
    return { id: this.#newId(), startedAt, ...request };
  }
}

/** Records of one seat show that they belong together (AGENT8). The seat's name
 * is long, and already a hash. */
function forVisit(context: BridgeContext, seat: string): BridgeContext {
  if (seat === "") return context;
  const visit = visitOf(seat);
  return {
    ...context,
    record: (one) => context.record({ ...one, visit }),
    recordAgain: (one) => context.recordAgain({ ...one, visit }),
  };
}
