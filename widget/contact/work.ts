import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import type { ErrorCode } from "@/lib/protocol/visitor/session_messages.ts";
import type { ContactsHost } from "../contacts_port.ts";
import type { Chat } from "./chat.ts";

/** The work that a widget may ask for before a call or chat. It begins while the
 * visitor writes, or is asked for its microphone: mostly, nobody waits for it. */
export class Work {
  readonly host: ContactsHost;
  /** Nobody waits for it any more. */
  readonly signal: AbortSignal;
  readonly #fail: () => void;
  /** What the visitor is told of it: the key of a text, or "". */
  notice: "" | "proving" | "proofFailed" = "";

  /** `fail` is called if what is needed cannot be loaded. */
  constructor(host: ContactsHost, signal: AbortSignal, fail: () => void) {
    this.host = host;
    this.signal = signal;
    this.#fail = fail;
  }

  /** The visitor is about to call or write. */
  ask(): void {
    this.tell("");
    const proof = this.host.roster().session?.options.proof;
    if (proof) this.host.send({ mt: "GetChallenge" });
  }

  hear(message: ContactMessage): void {
    if (message.mt !== "Challenge") return;
    import("../proof/prove.ts").then(
      ({ prove }) => prove(message, this),
      this.#fail,
    );
  }

  /** Whether a contact that has just begun is over by this refusal. */
  refused(error: ErrorCode): boolean {
    if (error === "proof-required") this.tell("proofFailed");
    return /^(proof|dest|media)-/.test(error);
  }

  tell(notice: Work["notice"]): void {
    this.notice = notice;
    this.host.changed();
  }
}

/** All that the visitor has written: in vain, if nobody could be reached. */
export function ownWords({ lines }: Chat): string {
  return lines.flatMap((line) => line.type === "own" ? [line.text] : [])
    .join("\n");
}

/** A message's own id. `crypto.randomUUID` is not there on a page without TLS. */
export function newId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}
