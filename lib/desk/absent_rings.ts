import type { DeskCall } from "./call.ts";
import type { DeskChat } from "./chat.ts";
import type { DeskPush } from "./ports.ts";

/** The ringing calls and chats of one agent whose desk is closed: the agent's
 * devices are notified of them (SPEC.md, D40). */
export class AbsentRings {
  /** True if the agent has a device that can be notified. */
  isReachable = false;
  readonly #push: DeskPush | undefined;
  readonly #account: string;

  constructor(push: DeskPush | undefined, account: string) {
    this.#push = push;
    this.#account = account;
  }

  /** Notifies the devices. Once one of them is notified, the contact rings as if
   * a page showed it, but longer. */
  ring(kind: "call" | "chat", contact: DeskCall | DeskChat): void {
    if (contact.state.state !== "ringing") return;
    this.#push?.ring(this.#account, { id: contact.id, kind })
      .then((isSent) => isSent && contact.dispatch({ type: "pushed" }));
  }

  /** Closes the notifications of a contact that no longer rings. */
  over(contact: DeskCall | DeskChat): void {
    const { id, isForgotten, state: { state } } = contact;
    // One that has moved to another instance still rings.
    if (state !== "ringing" && !isForgotten) {
      void this.#push?.over(this.#account, id);
    }
  }
}
