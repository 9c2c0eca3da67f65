import type {
  ChatBefore,
  ChatEntry,
  ChatEvent,
  ChatLeg,
  OutgoingChat,
} from "@/lib/contact/ports.ts";
import { wallOf } from "@/lib/base/clock.ts";
import { Machine } from "@/lib/base/machine.ts";
import { DESK_LIMITS } from "@/lib/protocol/desk/limits.ts";
import type { ChatPageMessage } from "@/lib/protocol/desk/page_messages.ts";
import type {
  ChatView,
  ServiceMessage,
} from "@/lib/protocol/desk/service_messages.ts";
import { chatDueAt, newChat, restoredChat, stepChat } from "./chat_leg.ts";
import type {
  ChatLegEvent,
  DeskChatEffect,
  DeskChatState,
} from "./chat_leg_state.ts";
import { shown } from "./handover_view.ts";
import type { Pages } from "./pages.ts";

/** Runs one chat's state machine between the bridge and the agent's pages. */
export class DeskChat {
  readonly kind = "chat";
  readonly id: string;
  readonly #chat: Omit<OutgoingChat, "log">;
  readonly #since: number;
  readonly #pages: Pages;
  readonly #machine: Machine<DeskChatState, ChatLegEvent, DeskChatEffect>;
  #tell: (event: ChatEvent) => void;
  #entries: (seq: number) => readonly ChatEntry[];
  /** The bridge's leg. */
  #leg: ChatLeg;
  readonly #moved: () => void;
  #started = false;
  #isForgotten = false;

  constructor(
    { log, ...chat }: OutgoingChat,
    { pages, tell, moved, before }: {
      pages: Pages;
      tell: (event: ChatEvent) => void;
      /** Called after each change of state, before others are notified. */
      moved: () => void;
      /** Its state before the service was killed; absent for a new chat. */
      before?: ChatBefore;
    },
  ) {
    const { clock, times } = pages;
    this.id = chat.id;
    this.#chat = chat;
    this.#entries = (seq) => log.since(seq);
    this.#pages = pages;
    this.#tell = tell;
    this.#leg = this.#newLeg();
    this.#moved = moved;
    const at = { now: clock.now(), times };
    this.#since = before?.startedAt ?? wallOf(clock, at.now);
    const aheadMs = wallOf(clock, 0);
    this.#machine = new Machine({
      initial: before ? restoredChat(before, at, aheadMs) : newChat(at),
      step: (state, event, now) => stepChat(state, event, { now, times }),
      onChange: ({ state }, before) => {
        if (state === before.state) return;
        if (state === "ended") this.#keepLast();
        moved();
      },
      perform: (effect) => this.#perform(effect),
      clock,
      dueAt: chatDueAt,
    });
  }

  /** Number of the agent's chats with which this one no longer rings. */
  get chatsMax(): number {
    return this.#chat.chatsMax ?? Infinity;
  }

  get state(): DeskChatState {
    return this.#machine.state;
  }

  get leg(): ChatLeg {
    return this.#leg;
  }

  get isForgotten(): boolean {
    return this.#isForgotten;
  }

  /**
   * D33: gives the chat to a bridge that has resumed it, because the previous
   * one was killed. Returns its leg; earlier legs do nothing from now on. The
   * bridge receives whatever it has missed, after this has returned.
   */
  reattach(
    { log }: Pick<OutgoingChat, "log">,
    tell: (event: ChatEvent) => void,
    before: ChatBefore,
  ): ChatLeg {
    const last = this.#entries(0).at(-1)?.seq ?? 0;
    this.#entries = (seq) => log.since(seq);
    this.#tell = tell;
    const leg = this.#newLeg();
    this.#leg = leg;
    queueMicrotask(() => {
      if (this.#leg !== leg) return;
      for (const message of this.#missing(last)) this.#toAll(message);
      const agents = log.since(0).filter(({ from }) => from === "agent");
      const logged = new Set(agents.map(({ id }) => id));
      this.dispatch({ type: "reattached", before, logged });
    });
    return leg;
  }

  /** Begins to ring. Before that the pages receive nothing. */
  start(): void {
    this.#started = true;
    this.#show();
    for (const message of this.#missing(0)) this.#pages.toAll(() => message);
  }

  dispatch(event: ChatLegEvent): void {
    this.#machine.dispatch(event);
  }

  onPage(message: ChatPageMessage): void {
    switch (message.type) {
      case "chat-join":
        return this.dispatch({ type: "join" });
      case "chat-decline":
        return this.dispatch({ type: "decline" });
      case "chat-leave":
        return this.dispatch({ type: "leave" });
      case "chat-message": {
        const { id, text } = message;
        return this.dispatch({ type: "message", id, text });
      }
      case "chat-keep":
        return this.dispatch({ type: "keep" });
      case "chat-hand-over":
      case "chat-invite":
        return this.#handOver(message);
      case "chat-withdraw":
        return this.dispatch({ type: "withdraw" });
      case "chat-typing":
        return this.dispatch({ type: "typing", typing: message.typing });
      case "chat-read": {
        const last = this.#entries(0).at(-1)?.seq ?? 0;
        const seq = Math.min(message.seq, last);
        return this.dispatch({ type: "read", seq });
      }
    }
  }

  #handOver(
    message: ChatPageMessage & { type: "chat-hand-over" | "chat-invite" },
  ): void {
    const { id, to, note } = message;
    const { account: { name, displayName: by } } = this.#pages;
    const event = { type: "hand-over", id, to, by, note } as const;
    const isInvite = message.type === "chat-invite";
    if (!isInvite && message.team !== undefined) {
      const colleague = message.team;
      return this.dispatch({ ...event, colleague, isTeam: true });
    }
    const isOwn = to.toLowerCase() === name.toLowerCase();
    const colleague = isOwn ? undefined : this.#pages.nameOf(to);
    this.dispatch({ ...event, colleague, ...isInvite && { isInvite } });
  }

  /** D3: sends the entries after `seq`, which the page does not have. */
  resume(page: string, seq: number): void {
    for (const message of this.#missing(seq)) this.#pages.to(page, message);
  }

  view(): ChatView {
    const { id, visitor, offeredBy } = this.#chat;
    const { state } = this;
    const { here, visitorRead, agentRead } = state;
    const since = this.#since;
    const wall = (at: number) => wallOf(this.#pages.clock, at);
    const chat = {
      ...{ id, visitor, since, here, visitorRead, agentRead },
      ...offeredBy && { offeredBy },
    };
    switch (state.state) {
      case "ringing":
        return { ...chat, state: "ringing" };
      case "joined": {
        const { at, idleEndsAt, handover, others } = state;
        const more = {
          ...others && { others: [...others] },
          ...(idleEndsAt !== undefined && { idleEndsAt: wall(idleEndsAt) }),
          ...(handover && { handover: shown(handover) }),
        };
        return { ...chat, state: "joined", joinedAt: wall(at), ...more };
      }
      case "ended": {
        const { cause, at, joinedAt, handedTo } = state;
        const more = {
          ...(joinedAt !== undefined && { joinedAt: wall(joinedAt) }),
          ...(handedTo !== undefined && { handedTo }),
        };
        return { ...chat, state: "ended", cause, endedAt: wall(at), ...more };
      }
    }
  }

  #newLeg(): ChatLeg {
    const leg: ChatLeg = {
      send: (command) => {
        if (this.#leg === leg) this.dispatch({ type: "command", command });
      },
      forget: () => {
        if (this.#leg === leg) this.#forget();
      },
    };
    return leg;
  }

  #forget(): void {
    this.#machine[Symbol.dispose]();
    this.#isForgotten = true;
    this.#moved();
  }

  #perform(effect: DeskChatEffect): void {
    switch (effect.type) {
      case "tell":
        return this.#tell(effect.event);
      case "show":
        return this.#show();
      case "show-entry":
        return this.#toAll({
          type: "chat-entries",
          chat: this.id,
          entries: [effect.entry],
        });
      case "show-typing":
        return this.#toAll({
          type: "chat-typing",
          chat: this.id,
          typing: effect.typing,
        });
    }
  }

  #show(): void {
    this.#toAll({ type: "chat", chat: this.view() });
  }

  #toAll(message: ServiceMessage): void {
    if (this.#started) this.#pages.toAll(() => message);
  }

  #missing(seq: number): ServiceMessage[] {
    const entries = this.#entries(seq);
    const messages: ServiceMessage[] = [];
    const size = DESK_LIMITS.entriesPerMessage;
    for (let from = 0; from < entries.length; from += size) {
      messages.push({
        type: "chat-entries",
        chat: this.id,
        entries: entries.slice(from, from + size),
      });
    }
    return messages;
  }

  /** An ended chat keeps its last entries, and not the bridge's log. */
  #keepLast(): void {
    const last = this.#entries(0).slice(-DESK_LIMITS.endedEntries);
    this.#entries = (seq) => last.filter((entry) => entry.seq > seq);
  }
}
