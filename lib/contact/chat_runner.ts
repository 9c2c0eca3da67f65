import { assertNever } from "@/lib/base/assert_never.ts";
import { CAUSE } from "@/lib/base/causes.ts";
import { type Clock, evenFrom } from "@/lib/base/clock.ts";
import { Machine } from "@/lib/base/machine.ts";
import type { KeptChat, RunningChat } from "@/lib/model/running_chat.ts";
import { contactOf, stepChat } from "./chat.ts";
import { ChatHistory } from "./chat_history.ts";
import {
  type BridgeChat,
  type BridgeChatEffect,
  type BridgeChatStep,
  chatDueAt,
  type ChatInput,
  isOnlyActive,
  lostLeg,
} from "./chat_state.ts";
import type { BridgeContext } from "./bridge_context.ts";
import { namesOf } from "./chat_guest.ts";
import { agentIdle } from "./chat_idle.ts";
import { ChatLegs, type LegMove } from "./chat_legs.ts";
import { findWay } from "./handover_way.ts";
import { acknowledgement, message } from "./chat_messages.ts";
import { fromKept } from "./kept.ts";
import { named, ringingMs } from "./plan.ts";
import type {
  ChatEntry,
  ChatEvent,
  VisitorMessage,
  VisitorPort,
} from "./ports.ts";
import { SeatChat } from "./seat_chat.ts";

/**
 * Runs the state machine of chat.ts for one visitor. Messages, and the end of
 * the chat, are passed on once they are stored; later effects wait behind them.
 */
export class ChatRunner {
  readonly #visitor: VisitorPort;
  readonly #context: BridgeContext;
  readonly #stored: SeatChat;
  #machine: Machine<BridgeChat, ChatInput, BridgeChatEffect>;
  /** The chat's clock, so that its record has the true duration. */
  #time: () => number;
  #history = new ChatHistory();
  readonly #legs: ChatLegs;
  /** Number of reconnected pages that are about to receive what they missed,
   * including any message until then. */
  #replays = 0;
  /** True while the visitor is in a call. */
  readonly #isCalling: () => boolean;

  /** @param seat Identifies the visitor's seat in the store of chats. */
  constructor(
    visitor: VisitorPort,
    context: BridgeContext,
    { seat, isCalling = () => false }: {
      seat: string;
      isCalling?: () => boolean;
    },
  ) {
    this.#visitor = visitor;
    this.#isCalling = isCalling;
    this.#context = context;
    this.#legs = new ChatLegs(
      context.agents,
      (chat, event) => this.#hear(chat, event),
    );
    this.#stored = new SeatChat(context, seat, () => this.#leave());
    this.#time = () => context.clock.wall();
    this.#machine = this.#run({ state: "idle" });
  }

  /** True if a page that reconnects would find something to resume. */
  get busy(): boolean {
    return !this.hasMoved && this.#machine.state.state !== "idle";
  }

  /** True once another instance continues the chat. */
  get hasMoved(): boolean {
    return this.#stored.hasMoved;
  }

  /** True while a chat is running. */
  get running(): boolean {
    return this.busy && this.#machine.state.state !== "over";
  }

  /** The page's id of its chat, running or ended. */
  get contact(): string | undefined {
    return contactOf(this.#machine.state);
  }

  /** True if the next process can continue the chat. */
  get canSuspend(): boolean {
    return this.running && this.#stored.isKept;
  }

  dispatch(input: ChatInput): void {
    this.#machine.dispatch(input);
  }

  /** Leaves the stored chat to the next process. Later messages are not
   * acknowledged, so both sides send them again there. */
  suspend(): void {
    this.#machine[Symbol.dispose]();
    this.#stored.suspend();
    this.#legs.release();
  }

  /** Resumes a stored chat; its page is away. */
  resume({ chat: kept, entries }: KeptChat): void {
    const { limits } = this.#context;
    this.#history = new ChatHistory({ contact: kept.contact, before: entries });
    this.#time = timeOf(kept, this.#context.clock);
    const now = this.#time();
    const until = now + ringingMs(kept, limits.joinWithinMs);
    const lastEntryAt = entries.at(-1)?.time ?? 0;
    const resumed = fromKept(kept, { now, until, lastEntryAt });
    this.#machine = this.#run(resumed);
    this.#stored.resume(kept);
    if (kept.ended !== undefined) return this.#context.recordAgain(kept.ended);
    if (this.#legs.resume(kept, this.#history)) {
      return this.#remindAgents(resumed);
    }
    const event = {
      type: "terminated",
      cause: CAUSE.temporaryFailure,
    } as const;
    const chat = lostLeg(resumed);
    if (chat !== undefined) this.dispatch({ type: "agent", chat, event });
  }

  /** A leg may have an outdated warning, or none, and not know of the other. */
  #remindAgents(chat: BridgeChat): void {
    if (chat.state !== "joined") return;
    if (chat.plan.idle) this.#turn(agentIdle(chat, this.#time()));
    for (const effect of namesOf(chat.guest)) this.#turn(effect);
  }

  #run(initial: BridgeChat): Machine<BridgeChat, ChatInput, BridgeChatEffect> {
    const { clock } = this.#context;
    return new Machine({
      initial,
      step: (chat, input) => this.#step(chat, input),
      onChange: (chat, before) => {
        if (!isOnlyActive(chat, before)) this.#stored.keep(chat);
      },
      perform: (effect) => this.#turn(effect),
      clock: {
        now: () => this.#time(),
        after: (ms, run) => clock.after(ms, run),
      },
      dueAt: chatDueAt,
    });
  }

  /** The way to a team or an agent at a PBX is looked up first. */
  #hear(chat: string, event: ChatEvent): void {
    if (event.type !== "hand-over" || !event.isTeam) {
      return this.dispatch({ type: "agent", chat, event });
    }
    findWay(event, this.#machine.state, this.#context)
      .then((event) => this.dispatch({ type: "agent", chat, event }));
  }

  #step(chat: BridgeChat, input: ChatInput): BridgeChatStep {
    const { clock, limits } = this.#context;
    if (input.type === "create" && !this.running) {
      this.#time = evenFrom(clock, input.plan.startedAt);
    }
    const now = this.#time();
    const wall = clock.wall();
    return stepChat(chat, input, {
      ...{ now, wall, limits, history: this.#history },
      isCalling: this.#isCalling(),
    });
  }

  /** Another instance continues the chat, and its page has to go there. */
  #leave(): void {
    this.#machine[Symbol.dispose]();
    this.#legs.release();
    this.#visitor.move?.();
  }

  #holdBack(): void {
    this.#replays++;
    this.#stored.run(() => void this.#replays--);
  }

  #tell(message: VisitorMessage): void {
    if (this.#replays === 0) this.#visitor.tell(message);
  }

  /** Performs the immediate part of an effect; the rest waits for its turn. */
  #turn(effect: BridgeChatEffect): void {
    switch (effect.type) {
      case "hold-back":
        return this.#holdBack();
      case "forget":
        return this.#stored.leave();
      case "open":
        this.#history = new ChatHistory({ contact: effect.plan.contact });
        break;
      case "append":
        return this.#append(effect.said);
      case "ending":
        return this.#stored.end(effect.record);
      case "hand-over":
      case "invited":
      case "promote":
        return this.#stored.runWhenStored(() => this.#move(effect));
      case "offer": {
        const log = this.#history;
        const { to } = effect;
        return this.#stored.runWhenStored(() =>
          this.#legs.offer(to, { ...effect, log })
        );
      }
    }
    const history = this.#history;
    this.#stored.run(() => this.#perform(effect, history));
  }

  #perform(effect: InTurn, history: ChatHistory): void {
    switch (effect.type) {
      case "tell":
        return this.#tell(effect.message);
      case "open":
        return this.#legs.open(effect.plan, history);
      case "command":
        return this.#legs.send(effect.command, effect.leg);
      case "acknowledge":
        return this.#acknowledge(history, effect.entry);
      case "replay":
        return this.#replay(history, effect.seq);
      case "guest-left":
        return this.#legs.guestLeft();
      case "record":
        this.#legs.clear();
        return this.#context.record(effect.record);
      default:
        return assertNever(effect);
    }
  }

  #move(effect: LegMove): void {
    this.#legs.move(effect);
    this.#context.handedOver?.(effect.plan.id, effect.to);
  }

  #append(said: Omit<ChatEntry, "seq">): void {
    const history = this.#history;
    const entry = history.append(said);
    this.#stored.add(entry, () => this.#show(history, entry));
  }

  #show(history: ChatHistory, entry: ChatEntry): void {
    history.show(entry);
    this.#legs.send({ type: "entry", entry });
    this.#tellOf(
      history,
      entry.from === "visitor" ? acknowledgement(entry) : message(entry),
    );
  }

  #acknowledge(history: ChatHistory, entry: ChatEntry): void {
    if (entry.from === "visitor") this.#tellOf(history, acknowledgement(entry));
    else this.#legs.send({ type: "entry", entry });
  }

  #replay(history: ChatHistory, seq: number): void {
    for (const entry of history.since(seq)) {
      const own = entry.from === "visitor" ? { own: entry.id } : {};
      this.#tellOf(history, { ...message(entry), ...own });
    }
  }

  #tellOf({ contact }: ChatHistory, message: VisitorMessage): void {
    this.#tell(named(message, contact));
  }
}

/** Effects that wait for the earlier ones. */
type InTurn = Exclude<
  BridgeChatEffect,
  | { type: "append" | "ending" | "hold-back" | "forget" | "offer" }
  | LegMove
>;

/** Returns the clock of a chat that began before the process: not before it was
 * joined. */
function timeOf(
  { startedAt, joinedAt = startedAt }: RunningChat,
  clock: Clock,
) {
  return evenFrom(clock, Math.max(clock.wall(), joinedAt));
}
