import type { Clock } from "@/lib/base/clock.ts";
import type { ChatChange, KeptChat } from "@/lib/model/running_chat.ts";

/** `slow` answers after a while, `hangs` when it is something else again. */
export type Mood = "ok" | "slow" | "fails" | "hangs";

/** Delay of a slow store, and the wait for it. */
const SLOW_MS = 700;
const PATIENCE_MS = 5_000;

/** A store in memory that is slow, fails or hangs on command. It outlives the
 * processes that use it. */
export class UnsteadyStore {
  readonly chats = new Map<string, KeptChat>();
  readonly #clock: Clock;
  #mood: Mood = "ok";
  #again = Promise.withResolvers<void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  be(mood: Mood): void {
    this.#mood = mood;
    if (mood === "hangs") return;
    this.#again.resolve();
    this.#again = Promise.withResolvers();
  }

  /** Runs `what` as soon as the store allows it. */
  async pass<T>(what: () => T): Promise<T> {
    if (this.#mood === "slow") await this.#wait(SLOW_MS);
    if (this.#mood === "hangs") await this.#answers();
    if (this.#mood === "fails") throw new Error("disk I/O error");
    return what();
  }

  write(changes: readonly ChatChange[]): void {
    for (const change of changes) {
      if (change.type === "parked") continue; // Nobody else would claim it.
      if (change.type === "gone") {
        this.chats.delete(change.id);
        continue;
      }
      const before = this.chats.get(change.id);
      const chat = change.chat ?? before?.chat;
      if (chat === undefined) throw new Error("An entry without its chat");
      const entries = [...before?.entries ?? [], ...change.entries];
      this.chats.set(change.id, { chat, entries });
    }
  }

  /** Returns the chats of a visitor's seat. */
  ofSeat(seat: string): { id: string }[] {
    return [...this.chats.values()].flatMap(({ chat }) =>
      chat.seat === seat ? [{ id: chat.id }] : []
    );
  }

  #wait(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#clock.after(ms, resolve);
    return promise;
  }

  async #answers(): Promise<void> {
    const late = this.#wait(PATIENCE_MS).then(() => {
      throw new Error("The store has not answered");
    });
    late.catch(() => {});
    await Promise.race([this.#again.promise, late]);
  }
}
