import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import type { CallDesk } from "../call/port.ts";
import type { PageChat } from "./chat_state.ts";
import { consentOf, type Options } from "./facts.ts";

/** Asks for consent before a call or chat begins, if the widget has a text that the
 * visitor has not agreed to. */
export class ConsentGate {
  readonly #options: () => Options;
  readonly #changed: () => void;
  /** Version of the text that the visitor has agreed to. */
  agreed: string;
  /** Begins what waits for the visitor's consent. */
  asked: (() => void) | undefined;

  constructor(agreed: string, options: () => Options, changed: () => void) {
    this.agreed = agreed;
    this.#options = options;
    this.#changed = changed;
  }

  get text(): string {
    return this.#options().consent;
  }

  /** Runs `go`, once the visitor has agreed. */
  pass(go: () => void): void {
    if (["", this.agreed].includes(consentOf(this.#options()))) go();
    else this.asked = go;
    this.#changed();
  }

  agree(): void {
    this.agreed = consentOf(this.#options());
    this.#settle(this.asked);
  }

  cancel(): void {
    this.#settle();
  }

  /** Returns which of the two the service refuses because the visitor has agreed to
   * an outdated text, and discards the given consent. */
  expired(
    message: ContactMessage,
    { chat, call }: {
      chat: PageChat | undefined;
      call: CallDesk | undefined;
    },
  ): "chat" | "call" | undefined {
    if (!("consent" in message && "contact" in message)) return undefined;
    const kind = message.mt === "ChatInfo" ? "chat" : "call";
    const own = kind === "call" ? call?.call.contact : chat?.contact;
    if (own === undefined || own !== message.contact) return undefined;
    this.agreed = "";
    return kind;
  }

  #settle(go = () => {}): void {
    this.asked = undefined;
    go();
    this.#changed();
  }
}
