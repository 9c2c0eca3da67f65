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

  /** Returns why this call or chat has ended, if it has. */
  causeOf(contact: string): number | undefined {
    const state = [...this.chats(), ...this.calls()]
      .find(({ id }) => id === contact)?.state;
    return state?.state === "ended" ? state.cause : undefined;
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
