import { CAUSE } from "@/lib/base/causes.ts";
import type { KeptChat } from "@/lib/model/running_chat.ts";
import type { ChannelsMessage } from "@/lib/protocol/visitor/client_messages.ts";
import { CallLine } from "./call_line.ts";
import { ChatLine } from "./chat_line.ts";
import type { BridgeContext } from "./bridge_context.ts";
import type { Visitor, VisitorPort } from "./ports.ts";

/** An agent whom a visitor wants to reach; the widget allows it. */
export interface ContactRequest {
  address: string;
  visitor: Visitor;
  /** The page's own id of the call or chat. */
  contact?: string;
}

/** The call and the chat that a page assumes to be running, by its own ids. */
export interface Believed {
  call?: string;
  chat?: string;
}

/** Length of a visit's name: 128 bits of a hash. */
const VISIT_LENGTH = 32;

/** The contacts of one visitor's seat: at most one call and one chat. */
export class Line {
  readonly #context: BridgeContext;
  readonly #newId: () => string;
  readonly #call: CallLine;
  readonly #chat: ChatLine;

  /**
   * @param seat Identifies the visitor's seat in the store of running chats.
   */
  constructor(
    visitor: VisitorPort,
    context: BridgeContext,
    { newId, seat }: { newId: () => string; seat: string },
  ) {
    this.#context = forVisit(context, seat);
    this.#newId = newId;
    this.#call = new CallLine(visitor, this.#context);
    this.#chat = new ChatLine(visitor, this.#context, seat);
  }

  /** Resumes a stored chat; its page is away. */
  resume(kept: KeptChat): void {
    this.#chat.resume(kept);
  }

  /**
   * True if there is a call that a page could resume, or receive the end of.
   */
  get hasCall(): boolean {
    return this.#call.busy;
  }

  /**
   * True if there is a chat that a page could resume, or receive the end of.
   */
  get hasChat(): boolean {
    return this.#chat.busy;
  }

  /** True while a call or a chat is running. */
  get running(): boolean {
    return this.#call.running || this.#chat.running;
  }

  /** The kinds of ringing or running contacts. */
  get kinds(): Record<"call" | "chat", boolean> {
    return { call: this.#call.running, chat: this.#chat.running };
  }

  /** True if it has a contact that a stop of the service would end. */
  get endsWithService(): boolean {
    return this.#call.running ||
      (this.#chat.running && !this.#chat.canSuspend);
  }

  createCall({ video, ...request }: ContactRequest & { video: boolean }): void {
    this.#replace(this.#call, request.contact);
    const plan = { ...this.#plan(request), video };
    this.#call.dispatch({ type: "create", plan });
  }

  channels({ mt: _, contact, ...channels }: ChannelsMessage): void {
    this.#call.dispatch({
      type: "channels",
      channels,
      ...(contact && { contact }),
    });
  }

  dtmf(digits: string): void {
    this.#call.dispatch({ type: "dtmf", digits });
  }

  clearCall(): void {
    this.#call.dispatch({ type: "clear" });
  }

  createChat(request: ContactRequest): void {
    this.#replace(this.#chat, request.contact);
    this.#chat.dispatch({ type: "create", plan: this.#plan(request) });
  }

  /** @param of The page's own id of the chat that it belongs to. */
  message(
    id: string,
    text: string,
    of: Pick<ContactRequest, "contact"> = {},
  ): void {
    const named = of.contact && { contact: of.contact };
    this.#chat.dispatch({ type: "message", id, text, ...named });
  }

  typing(typing: boolean): void {
    this.#chat.dispatch({ type: "typing", typing });
  }

  read(seq: number): void {
    this.#chat.dispatch({ type: "read", seq });
  }

  clearChat(): void {
    this.#chat.dispatch({ type: "clear" });
  }

  /** The page is away; its call and chat continue. */
  away(): void {
    this.#chat.dispatch({ type: "away" });
  }

  /** True if the page has created this call or chat already. */
  knows(contact: string): boolean {
    return this.#call.contact === contact || this.#chat.contact === contact;
  }

  /** The page is back, and has the chat's entries up to `seq`. */
  back(seq: number, { call, chat }: Believed = {}): void {
    this.#call.dispatch({ type: "back", ...(call && { contact: call }) });
    this.#chat.dispatch({ type: "back", seq, ...(chat && { contact: chat }) });
  }

  /** Ends the call and the chat, because the page will not come back. */
  close(cause: number = CAUSE.normal): void {
    this.#call.dispatch({ type: "gone", cause });
    this.#chat.dispatch({ type: "gone", cause });
  }

  /** The service stops: ends the call, and leaves the chat to the next process
   * if it is stored. */
  suspend(): void {
    const cause = CAUSE.temporaryFailure;
    this.#call.dispatch({ type: "gone", cause });
    if (this.#chat.canSuspend) this.#chat.suspend();
    else this.#chat.dispatch({ type: "gone", cause });
  }

  /** CALL7: the page has another call or chat now, so this one ends. */
  #replace(line: CallLine | ChatLine, contact: string | undefined): void {
    const isOther = contact !== undefined && line.contact !== undefined &&
      line.contact !== contact;
    if (isOther) line.dispatch({ type: "clear" });
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
  const visit = seat.slice(0, VISIT_LENGTH);
  return {
    ...context,
    record: (one) => context.record({ ...one, visit }),
    recordAgain: (one) => context.recordAgain({ ...one, visit }),
  };
}
