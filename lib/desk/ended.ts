import { CAUSE } from "@/lib/base/causes.ts";
import type { Clock } from "@/lib/base/clock.ts";
import { DESK_LIMITS } from "@/lib/protocol/desk/limits.ts";
import type { DeskCall } from "./call.ts";
import type { DeskChat } from "./chat.ts";

interface Kept {
  at: number;
  call?: DeskCall;
  chat?: DeskChat;
}

/** Ended calls and chats that the agent can still see, in memory only: the last
 * few, for some hours. */
export class Ended {
  readonly #clock: Clock;
  #kept: Kept[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  addCall(call: DeskCall): void {
    this.#add({ at: this.#clock.now(), call });
  }

  addChat(chat: DeskChat): void {
    this.#add({ at: this.#clock.now(), chat });
  }

  calls(): DeskCall[] {
    return this.#young().flatMap(({ call }) => call ?? []);
  }

  chats(): DeskChat[] {
    return this.#young().flatMap(({ chat }) => chat ?? []);
  }

  /** Returns why this call has ended, if it has. */
  causeOfCall(id: string): number | undefined {
    const state = this.calls().find((call) => call.id === id)?.state;
    return state?.state === "ended" ? state.cause : undefined;
  }

  /** Returns why this chat cannot continue, if so. It can if the desk has only
   * waited in vain, for its home or for the agent: these may have met at another
   * instance. */
  causeOfChat(id: string): number | undefined {
    const state = this.chats().find((chat) => chat.id === id)?.state;
    if (state?.state !== "ended") return undefined;
    return state.cause === CAUSE.temporaryFailure ? undefined : state.cause;
  }

  /** Forgets a chat that continues. */
  deleteChat(id: string): void {
    this.#kept = this.#kept.filter(({ chat }) => chat?.id !== id);
  }

  #add(contact: Kept): void {
    this.#kept = [...this.#young(), contact].slice(-DESK_LIMITS.endedKept);
  }

  #young(): Kept[] {
    const from = this.#clock.now() - DESK_LIMITS.endedKeepMs;
    this.#kept = this.#kept.filter(({ at }) => at > from);
    return this.#kept;
  }
}
