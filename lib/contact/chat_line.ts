import { assertNever } from "@/lib/base/assert_never.ts";
import { stepChat } from "./chat.ts";
import { ChatHistory } from "./chat_history.ts";
import type { Chat, ChatEffect, ChatInput } from "./chat_state.ts";
import type { ContactContext } from "./contact_context.ts";
import { OneByOne } from "@/lib/base/one_by_one.ts";
import type { ContactPlan } from "./plan.ts";
import type {
  ChatEntry,
  ChatLeg,
  VisitorMessage,
  VisitorPort,
} from "./ports.ts";

/** Performs what the machine in chat.ts decides, for one visitor. */
export class ChatLine {
  readonly #visitor: VisitorPort;
  readonly #context: ContactContext;
  readonly #inputs = new OneByOne((input: ChatInput) => this.#step(input));
  #chat: Chat = { state: "idle" };
  #history = new ChatHistory();
  #leg: ChatLeg | undefined;
  #timer: Disposable | undefined;

  constructor(visitor: VisitorPort, context: ContactContext) {
    this.#visitor = visitor;
    this.#context = context;
  }

  /** Whether a page that is away may come back to something. */
  get busy(): boolean {
    return this.#chat.state !== "idle";
  }

  /** Whether a chat is going on. */
  get running(): boolean {
    return this.busy && this.#chat.state !== "over";
  }

  take(input: ChatInput): void {
    this.#inputs.take(input);
  }

  #step(input: ChatInput): void {
    const { clock, limits } = this.#context;
    const at = { now: clock.now(), limits, history: this.#history };
    const { chat, effects } = stepChat(this.#chat, input, at);
    this.#chat = chat;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: ChatEffect): void {
    switch (effect.type) {
      case "tell":
        return this.#visitor.tell(effect.message);
      case "open":
        return this.#open(effect.plan);
      case "command":
        return this.#leg?.send(effect.command);
      case "append":
        return this.#append(effect.said);
      case "acknowledge":
        return this.#acknowledge(effect.entry);
      case "replay":
        return this.#replay(effect.seq);
      case "timer":
        return this.#setTimer(effect.ms);
      case "record":
        this.#leg = undefined;
        return this.#context.record(effect.record);
      default:
        return assertNever(effect);
    }
  }

  #open({ id, address, visitor }: ContactPlan): void {
    this.#history = new ChatHistory();
    this.#leg = this.#context.agents.openChat(
      { id, address, visitor, log: this.#history },
      (event) => this.take({ type: "agent", chat: id, event }),
    );
  }

  #append(said: Omit<ChatEntry, "seq">): void {
    const entry = this.#history.append(said);
    this.#leg?.send({ type: "entry", entry });
    this.#visitor.tell(
      entry.from === "visitor" ? acknowledgement(entry) : message(entry),
    );
  }

  #acknowledge(entry: ChatEntry): void {
    if (entry.from === "visitor") this.#visitor.tell(acknowledgement(entry));
    else this.#leg?.send({ type: "entry", entry });
  }

  #replay(seq: number): void {
    for (const entry of this.#history.since(seq)) {
      const own = entry.from === "visitor" ? { own: entry.id } : {};
      this.#visitor.tell({ ...message(entry), ...own });
    }
  }

  #setTimer(ms: number | undefined): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = ms === undefined
      ? undefined
      : this.#context.clock.after(ms, () => this.take({ type: "time" }));
  }
}

type MessageTo = Extract<VisitorMessage, { mt: "ChatMessage" }>;

function message({ seq, text, time }: ChatEntry): MessageTo {
  return { mt: "ChatMessage", seq, text, time: seconds(time) };
}

function acknowledgement({ id, seq, time }: ChatEntry): VisitorMessage {
  return { mt: "ChatAck", id, seq, time: seconds(time) };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}
