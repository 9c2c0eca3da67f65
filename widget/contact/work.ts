import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import type { ContactsOwner } from "../contacts_port.ts";

/**
 * The proof of work that a widget may require before a call or chat. It begins
 * while the visitor writes, or is asked for the microphone, so visitors rarely
 * have to wait for it.
 */
export class Work {
  readonly owner: ContactsOwner;
  /** Aborted when the result is no longer needed. */
  readonly signal: AbortSignal;
  readonly #fail: () => void;
  /** The notice for the visitor: the key of a text, or "". */
  notice:
    | ""
    | "proving"
    | "proofFailed"
    | "tooMany"
    | "closed"
    | "otherRunning" = "";
  /** Why the service takes no contact for now: it says so before it ends one. */
  #refusal: "" | "tooMany" | "closed" = "";

  /** `fail` is called if what is needed cannot be loaded. */
  constructor(owner: ContactsOwner, signal: AbortSignal, fail: () => void) {
    this.owner = owner;
    this.signal = signal;
    this.#fail = fail;
  }

  /** The visitor is about to call or write, after what `notice` says. */
  ask(notice: Work["notice"] = ""): void {
    this.tell(notice);
    this.#refusal = "";
    const proof = this.owner.roster().session?.options.proof;
    if (proof) this.owner.send({ mt: "GetChallenge" });
  }

  hear(message: ContactMessage): void {
    if (message.mt !== "Challenge") return;
    import("../proof/prove.ts").then(
      ({ prove }) => prove(message, this),
      this.#fail,
    );
  }

  /** True if a chat that has just begun ends because of this refusal. */
  refused(error: string): boolean {
    this.#refusal = error === "rate-limited"
      ? "tooMany"
      : error === "closed"
      ? "closed"
      : "";
    return /^(proof|dest|media)-/.test(error);
  }

  /** The notice if `message` ends a chat that the service takes at another
   * time. */
  refusalBy(message: ContactMessage): "" | "tooMany" | "closed" {
    const ends = message.mt === "ChatInfo" && message.state === "terminated";
    return ends ? this.#refusal : "";
  }

  /** Says, until the visitor does something else, that a call or chat with
   * another agent runs. */
  tellRunning(withOther: boolean): void {
    if (withOther) this.tell("otherRunning");
    else if (this.notice === "otherRunning") this.tell("");
  }

  tell(notice: Work["notice"]): void {
    this.notice = notice;
    this.owner.changed();
  }
}

/** A message's own id. `crypto.randomUUID` is not there on a page without TLS. */
export function newId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}
