import type { Clock } from "@/lib/base/clock.ts";
import type { DeskCall } from "./call.ts";
import type { DeskChat } from "./chat.ts";
import type { DeskPush } from "./ports.ts";

/** The ringing calls and chats of one agent that no page shows: the agent's
 * devices are notified of them (SPEC.md, D40). */
export class AbsentRings implements Disposable {
  /** True if the agent has a device that can be notified. */
  isReachable = false;
  readonly #push: DeskPush | undefined;
  readonly #account: string;
  /** By contact: the timer after which the devices are notified. */
  readonly #waiting = new Map<string, Disposable>();

  constructor(push: DeskPush | undefined, account: string) {
    this.#push = push;
    this.#account = account;
  }

  /** Notifies the devices. Once one of them is notified, the contact rings as if
   * a page showed it, but longer. */
  ring(contact: DeskCall | DeskChat): void {
    if (contact.state.state !== "ringing") return;
    const { id, kind } = contact;
    this.#push?.ring(this.#account, { id, kind })
      .then((isSent) => isSent && contact.dispatch({ type: "pushed" }));
  }

  /** Notifies the devices unless a page shows the contact in time. */
  ringIfUnseen(
    contact: DeskCall | DeskChat,
    { clock, withinMs }: { clock: Clock; withinMs: number },
  ): void {
    if (!this.isReachable || this.#waiting.has(contact.id)) return;
    const timer = clock.after(withinMs, () => {
      this.#waiting.delete(contact.id);
      const { state } = contact;
      const isUnseen = state.state === "ringing" && !state.alerted;
      if (isUnseen && this.isReachable) this.ring(contact);
    });
    this.#waiting.set(contact.id, timer);
  }

  /** Closes the notifications of a contact that no longer rings. */
  over(contact: DeskCall | DeskChat): void {
    const { id, isForgotten, state: { state } } = contact;
    if (state === "ringing" && !isForgotten) return;
    this.#waiting.get(id)?.[Symbol.dispose]();
    this.#waiting.delete(id);
    // One that has moved to another instance still rings.
    if (!isForgotten) void this.#push?.over(id);
  }

  [Symbol.dispose](): void {
    for (const timer of this.#waiting.values()) timer[Symbol.dispose]();
    this.#waiting.clear();
  }
}
