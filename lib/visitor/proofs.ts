import { CAUSE } from "@/lib/base/causes.ts";
import { newUuid } from "@/lib/base/ids.ts";
import type { Proof } from "@/lib/protocol/visitor/client_messages.ts";
import { type Puzzle, solves } from "@/lib/protocol/visitor/puzzle.ts";
import type { StartedPage } from "./page.ts";
import type { AfterStart } from "./socket_state.ts";
import { notStored } from "./inquiries.ts";
import type { VisitorContext } from "./visitor_context.ts";
import { notMade, type Unproven, unproven } from "./contact_requests.ts";

/** The proof-of-work state of one socket. */
type State =
  | { state: "nothing" }
  | { state: "asked"; puzzle: Puzzle; until: number }
  | { state: "proven"; until: number };

/** A call or chat that waits for its Proof, with the messages after it. */
interface Held {
  /** CreateCall, CreateChat or LeaveMessage. */
  create: Create;
  messages: AfterStart[];
  length: number;
  timer: Disposable;
}

type Kind = "call" | "chat" | "message";
type Create = Extract<
  AfterStart,
  { mt: "CreateCall" | "CreateChat" | "LeaveMessage" }
>;

/** The consequences of a Proof. */
export interface ProofHandlers {
  /** Processes a message that has waited for a Proof. */
  admit(message: AfterStart): void;
  /** A Proof was accepted. */
  proven(): void;
}

/**
 * Proof of work before calls, chats and messages, for one socket of a widget that needs it.
 *
 *            GetChallenge, Create          Proof              Create
 *   nothing --------------------> asked ----------> proven -----------------+
 *      ^                            | late, wrong      | late               |
 *      +----------------------------+------------------+--------------------+
 *
 * The puzzle belongs to its socket, so a Proof is valid only there, once, and for
 * a limited time. A Create without a Proof waits, and so do later messages that
 * belong to it.
 */
export class Proofs {
  readonly #context: VisitorContext;
  readonly #started: StartedPage;
  readonly #handlers: ProofHandlers;
  readonly #held = new Map<Kind, Held>();
  #state: State = { state: "nothing" };

  constructor(
    context: VisitorContext,
    started: StartedPage,
    handlers: ProofHandlers,
  ) {
    this.#context = context;
    this.#started = started;
    this.#handlers = handlers;
  }

  /** Returns true if the message may continue; otherwise it waits, or was
   * rejected. */
  admits(message: AfterStart): boolean {
    const kind = kindOf(message);
    if (kind === undefined) return true;
    const held = this.#held.get(kind);
    if (held !== undefined) {
      this.#hold(kind, held, message);
      return false;
    }
    if (!isCreate(message)) return true;
    if (this.#isOff || this.#consumeProof()) return true;
    if (this.#started.isNew) this.#begin(kind, message);
    else this.#refuse(message, "old-page");
    return false;
  }

  /** The visitor is about to call or write, so the work can begin. */
  challenge(): void {
    const now = this.#context.clock.now();
    const state = this.#state;
    if (this.#isOff || (state.state === "proven" && now < state.until)) return;
    const { page, peer, live } = this.#started;
    const { proofForMs, puzzles } = this.#context.limits;
    if (state.state !== "asked" || now >= state.until) {
      const { uuid } = live.widget;
      const bits = this.#context.difficulty.next(peer.address, uuid, now);
      const puzzle: Puzzle = { seed: newUuid(), bits, count: puzzles };
      this.#state = { state: "asked", puzzle, until: now + proofForMs };
      return page.tell({ mt: "Challenge", ...puzzle });
    }
    page.tell({ mt: "Challenge", ...state.puzzle });
  }

  prove(proof: Proof): void {
    const why = this.#check(proof);
    const until = this.#context.clock.now() + this.#context.limits.proofForMs;
    this.#state = why === undefined
      ? { state: "proven", until }
      : { state: "nothing" };
    if (why === undefined) {
      this.#handlers.proven();
      return this.renew();
    }
    const waiting = [...this.#held.values()];
    this.#say(why);
    for (const { create } of waiting) this.#endHeld(create);
  }

  /** Continues a waiting message if it is now allowed: the widget was saved, or
   * there is a Proof. */
  renew(): void {
    if (!this.#isOff && this.#state.state !== "proven") return;
    for (const [kind, { messages }] of [...this.#held]) {
      this.#drop(kind);
      for (const message of messages) this.#handlers.admit(message);
    }
  }

  /** Drops the waiting messages, because the page is closed. */
  close(): void {
    for (const kind of [...this.#held.keys()]) this.#drop(kind);
  }

  get #isOff(): boolean {
    return this.#started.live.widget.content.protection === "off";
  }

  /** Uses the Proof, if there is one; it is valid for one call or chat. */
  #consumeProof(): boolean {
    const state = this.#state;
    if (state.state !== "proven") return false;
    this.#state = { state: "nothing" };
    return this.#context.clock.now() < state.until;
  }

  #begin(kind: Kind, create: Create): void {
    const timer = this.#context.clock.after(
      this.#context.limits.proofWithinMs,
      () => this.#refuse(create, "late"),
    );
    this.#held.set(kind, { create, messages: [create], length: 0, timer });
    this.challenge();
  }

  #hold(kind: Kind, held: Held, message: AfterStart): void {
    if (message.mt === "ClearCall" || message.mt === "ClearChat") {
      this.#drop(kind);
      return this.#end(held.create, CAUSE.normal);
    }
    const { heldMessages, heldLength } = this.#context.limits;
    held.length += JSON.stringify(message).length;
    held.messages.push(message);
    if (held.messages.length > heldMessages || held.length > heldLength) {
      this.#refuse(held.create, "too-much");
    }
  }

  #drop(kind: Kind): void {
    this.#held.get(kind)?.timer[Symbol.dispose]();
    this.#held.delete(kind);
  }

  #check({ seed, nonces }: Proof): Unproven | undefined {
    const state = this.#state;
    if (state.state !== "asked" || state.puzzle.seed !== seed) return "unasked";
    const { puzzle, until } = state;
    if (this.#context.clock.now() >= until) return "late";
    return nonces.length === puzzle.count &&
        nonces.every((nonce, index) => solves(puzzle, index, nonce))
      ? undefined
      : "wrong";
  }

  #refuse(create: Create, why: Unproven): void {
    this.#say(why);
    this.#endHeld(create);
  }

  #endHeld(create: Create): void {
    this.#drop(KINDS[create.mt]);
    this.#end(create, CAUSE.temporaryFailure);
  }

  /** A Proof without a Challenge, or a wrong one, is an error of the page. A
   * late one is not, because its browser may be slow. */
  #say(reason: Unproven): void {
    this.#context.counters.count("visitor_unproven", { reason });
    this.#started.page.tell(unproven(reason));
    if (reason === "wrong" || reason === "unasked") this.#started.wrongProof();
  }

  #end(create: Create, cause: number): void {
    this.#started.page.tell(
      create.mt === "LeaveMessage"
        ? notStored(create, { error: "proof-required" })
        : notMade(create, { cause }),
    );
  }
}

/** Returns the kind of contact that the message is about, if any. */
function kindOf({ mt }: AfterStart): Kind | undefined {
  switch (mt) {
    case "CreateCall":
    case "Channels":
    case "CallMove":
    case "Dtmf":
    case "ClearCall":
      return "call";
    case "CreateChat":
    case "ChatMessage":
    case "ChatTyping":
    case "ChatRead":
    case "ClearChat":
      return "chat";
    case "LeaveMessage":
      return "message";
    default:
      return undefined;
  }
}

const KINDS: Record<Create["mt"], Kind> = {
  CreateCall: "call",
  CreateChat: "chat",
  LeaveMessage: "message",
};

function isCreate(message: AfterStart): message is Create {
  return message.mt in KINDS;
}
