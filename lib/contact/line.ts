import { CAUSE } from "@/lib/base/causes.ts";
import type { KeptChat } from "@/lib/model/running_chat.ts";
import type { Channels } from "@/lib/protocol/visitor/client_messages.ts";
import { CallLine } from "./call_line.ts";
import { ChatLine } from "./chat_line.ts";
import type { ContactContext } from "./contact_context.ts";
import type { Visitor, VisitorPort } from "./ports.ts";

/** Whom a visitor wants to reach; its widget has been asked. */
export interface Wish {
  address: string;
  visitor: Visitor;
}

/** Characters of a visit: 128 bits of a hash. */
const VISIT_LENGTH = 32;

/** What one visitor's seat has with the bridge: at most one call, one chat. */
export class Line {
  readonly #context: ContactContext;
  readonly #newId: () => string;
  readonly #call: CallLine;
  readonly #chat: ChatLine;

  /** @param seat Names the visitor's seat where running chats are kept. */
  constructor(
    visitor: VisitorPort,
    context: ContactContext,
    { newId, seat }: { newId: () => string; seat: string },
  ) {
    this.#context = forVisit(context, seat);
    this.#newId = newId;
    this.#call = new CallLine(visitor, this.#context);
    this.#chat = new ChatLine(visitor, this.#context, seat);
  }

  /** Goes on with a chat that was kept; the page is away. */
  resume(kept: KeptChat): void {
    this.#chat.resume(kept);
  }

  /** Whether there is a call that a page could resume, or hear the end of. */
  get hasCall(): boolean {
    return this.#call.busy;
  }

  /** Whether there is a chat that a page could resume, or read the end of. */
  get hasChat(): boolean {
    return this.#chat.busy;
  }

  /** Whether a call or a chat is going on. */
  get running(): boolean {
    return this.#call.running || this.#chat.running;
  }

  createCall({ video, ...wish }: Wish & { video: boolean }): void {
    this.#call.take({ type: "create", plan: { ...this.#plan(wish), video } });
  }

  channels({ mt: _, ...channels }: Channels): void {
    this.#call.take({ type: "channels", channels });
  }

  dtmf(digits: string): void {
    this.#call.take({ type: "dtmf", digits });
  }

  clearCall(): void {
    this.#call.take({ type: "clear" });
  }

  createChat(wish: Wish): void {
    this.#chat.take({ type: "create", plan: this.#plan(wish) });
  }

  message(id: string, text: string): void {
    this.#chat.take({ type: "message", id, text });
  }

  typing(typing: boolean): void {
    this.#chat.take({ type: "typing", typing });
  }

  read(seq: number): void {
    this.#chat.take({ type: "read", seq });
  }

  clearChat(): void {
    this.#chat.take({ type: "clear" });
  }

  /** The page is away: its call and chat go on. */
  away(): void {
    this.#chat.take({ type: "away" });
  }

  /** The page is back, and has the chat's entries up to `seq`. */
  back(seq: number): void {
    this.#call.take({ type: "back" });
    this.#chat.take({ type: "back", seq });
  }

  /** The page will not come back: ends the call and the chat. */
  close(cause: number = CAUSE.normal): void {
    this.#call.take({ type: "gone", cause });
    this.#chat.take({ type: "gone", cause });
  }

  #plan(wish: Wish) {
    const startedAt = this.#context.clock.wall();
    return { id: this.#newId(), startedAt, ...wish };
  }
}

/** Records of one seat say that they belong together (AGENT8). The seat's name
 * is long, and a hash already. */
function forVisit(context: ContactContext, seat: string): ContactContext {
  if (seat === "") return context;
  const visit = seat.slice(0, VISIT_LENGTH);
  return {
    ...context,
    record: (one) => context.record({ ...one, visit }),
    recordAgain: (one) => context.recordAgain({ ...one, visit }),
  };
}
