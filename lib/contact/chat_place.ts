import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { ChatEntry, RunningChat } from "@/lib/model/running_chat.ts";
import type { Chat } from "./chat_state.ts";
import type { ContactContext } from "./contact_context.ts";
import { toEnded, toKept } from "./kept.ts";

/** Time for which an ended chat is kept for a page that missed its end. A page
 * that is away longer has lost its seat too. */
export const ENDED_KEPT_MS = 60_000;

/** Stores the current chat of one seat. Does nothing without a keeper. */
export class ChatPlace {
  readonly #context: Pick<ContactContext, "keeper" | "clock">;
  readonly #seat: string;
  #kept: RunningChat | undefined;
  #timer: Disposable | undefined;

  constructor(
    context: Pick<ContactContext, "keeper" | "clock">,
    seat: string,
  ) {
    this.#context = context;
    this.#seat = seat;
  }

  /** Takes over a chat that another process stored. */
  resume(kept: RunningChat): void {
    this.#kept = kept;
    if (kept.ended !== undefined) this.#forgetLater();
  }

  /** Stores the changes. Another chat replaces the previous one. */
  keep(chat: Chat): void {
    const { keeper } = this.#context;
    if (keeper === undefined) return;
    if (chat.state === "idle" || chat.state === "over") return;
    if (this.#kept?.id !== chat.plan.id) this.leave();
    this.#kept = toKept(this.#seat, chat);
    keeper.keep(this.#kept);
  }

  add(entry: ChatEntry): void {
    if (this.#kept !== undefined) {
      this.#context.keeper?.add(this.#kept.id, entry);
    }
  }

  /** The chat has ended; keeps it for a moment. */
  end(record: ContactRecord): void {
    if (this.#kept === undefined) return;
    this.#kept = toEnded(this.#kept, record);
    this.#context.keeper?.keep(this.#kept);
    this.#forgetLater();
  }

  /** Deletes it, because no page will come back to it. */
  leave(): void {
    this.#timer?.[Symbol.dispose]();
    if (this.#kept !== undefined) this.#context.keeper?.forget(this.#kept.id);
    this.#kept = undefined;
  }

  /** True if the next process would find the chat. */
  get isKept(): boolean {
    return this.#context.keeper !== undefined && this.#kept !== undefined;
  }

  /** Leaves the stored chat to the next process. */
  suspend(): void {
    this.#timer?.[Symbol.dispose]();
  }

  /** Calls `run` when everything is stored, as far as possible. */
  whenWritten(run: () => void): void {
    const { keeper } = this.#context;
    if (keeper === undefined || this.#kept === undefined) run();
    else keeper.whenWritten(run);
  }

  #forgetLater(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = this.#context.clock.after(
      ENDED_KEPT_MS,
      () => this.leave(),
    );
  }
}
