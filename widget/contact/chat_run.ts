import { Machine } from "@/lib/base/machine.ts";
import { Outage } from "@/lib/base/outage.ts";
import { visibleLines } from "@/lib/base/plain_text.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import type { ContactsOwner } from "../contacts_port.ts";
import {
  isRunning,
  newChat,
  type PageChatEvent,
  pendingOf,
  resumedChat,
  type SayEffect,
  stepChat,
  unsentText,
} from "./chat.ts";
import { ownText, unread } from "./chat_lines.ts";
import type { PageChat } from "./chat_state.ts";
import { isLongText } from "./limits.ts";
import { LogView } from "./log_view.ts";
import { type Memory, remember, type TokenMemory } from "./memory.ts";
import { chime } from "./tone.ts";
import { Typing } from "./typing.ts";
import { type Changed, withChange } from "./with_change.ts";
import { newId } from "./work.ts";

type Effect = SayEffect | Changed;

/** The functions of the surrounding panel that a chat needs. */
export interface ChatOwner extends ContactsOwner {
  /** True if the panel is open and shows the chat. */
  shows(): boolean;
  /** The visitor's name as the agent receives it. */
  visitor(): string;
  /** The other values that the tab stores along with the chat. */
  around(): Pick<Memory, "resume" | "consent" | "open" | "form">;
}

/** Runs the one chat of a widget: sends, marks as read and stores it. */
export class ChatRun {
  readonly log: LogView;
  readonly #owner: ChatOwner;
  readonly #typing: Typing;
  readonly #outage: Outage;
  readonly #life = new AbortController();
  #machine: Machine<PageChat, PageChatEvent, Effect> | undefined;
  #draft = "";
  /** Highest `seq` that an earlier page of this tab has received. */
  #replayed = 0;
  /** Messages of the agent that the host page has not been notified of yet. */
  #untold: number[] = [];
  #asksEnd = false;
  /** The seat whose token the tab's next page has to show, even without a
   * chat. */
  #seat: TokenMemory | undefined;

  constructor(owner: ChatOwner, memory?: Memory) {
    this.#owner = owner;
    this.#typing = new Typing((typing) =>
      this.dispatch({ type: "typing", typing })
    );
    const looked = () => this.look();
    this.log = new LogView({ changed: () => owner.changed(), looked });
    document.addEventListener("visibilitychange", looked, this.#life);
    const changed = () => owner.changed();
    this.#outage = new Outage(owner.clock, changed);
    if (!owner.ready()) this.#outage.begin();
    addEventListener("offline", changed, this.#life);
    addEventListener("online", changed, this.#life);
    if (!memory) return;
    const { heard, draft, form, visitor } = memory;
    const to = form ? memory.agent : memory.to;
    if (!to && !memory.agent.id) return;
    this.#draft = draft;
    if (to) this.#begin(newChat(to, visitor, newId()));
    else this.#begin(resumedChat({ ...memory, before: heard > 0 }));
    this.#replayed = heard;
  }

  get chat(): PageChat | undefined {
    return this.#machine?.state;
  }

  get running(): boolean {
    return this.chat !== undefined && isRunning(this.chat);
  }

  /** False once the connection has been lost for longer than a planned move
   * takes (V48), or as soon as the browser knows that the network is away,
   * which the socket learns later. */
  get isOnline(): boolean {
    return !this.#outage.isLong && navigator.onLine !== false;
  }

  get unread(): number {
    return this.chat === undefined ? 0 : unread(this.chat);
  }

  get draft(): string {
    return this.#draft;
  }

  get canSend(): boolean {
    return this.#message !== "" && !isLongText(this.#draft);
  }

  /** The draft as the service would accept it: without hidden characters, and
   * empty if there is nothing else. */
  get #message(): string {
    return visibleLines(this.#draft).trim();
  }

  /** True while the visitor is asked whether to end the chat. */
  get asksEnd(): boolean {
    return this.#asksEnd && this.running;
  }

  /** Shows the running chat, or begins one with the draft. */
  open(agent: PageChat["agent"]): void {
    if (this.running) return;
    const unsent = this.chat ? unsentText(this.chat) : "";
    this.#draft = [unsent, this.#draft].filter(Boolean).join("\n");
    this.#begin(newChat(agent, this.#owner.visitor(), newId()));
    this.#replayed = 0;
    this.#untold = [];
    this.log.begin();
  }

  /** Begins again with the whole text of a chat, which ends if it waits. */
  reopen(chat: PageChat): void {
    this.end();
    this.#draft = [ownText(chat), this.#draft].filter(Boolean).join("\n");
    this.#machine = undefined;
    this.open(chat.agent);
  }

  /** Restores the unsent text after the service has refused the chat. */
  retry(): void {
    if (this.chat?.state !== "opening") return;
    const { agent } = this.chat;
    this.end();
    this.open(agent);
    this.#owner.changed();
  }

  leave(): void {
    this.#machine = undefined;
    this.remember();
    this.#owner.changed();
  }

  /** The draft was sent as a message. */
  clear(): void {
    this.#draft = "";
    this.remember();
  }

  write(text: string): void {
    this.#draft = text;
    this.#typing.touch();
    this.remember();
    this.#owner.changed(); // The field grows with the text.
  }

  /** Sends the draft. Does nothing if it is empty or too long. */
  send(): void {
    const { chat } = this;
    if (chat === undefined || !this.canSend) return;
    const text = this.#message;
    this.#typing.stop();
    this.#draft = "";
    if (chat.state === "drafting") {
      this.#begin({ ...chat, visitor: this.#owner.visitor() });
    }
    this.dispatch({ type: "say", id: newId(), text });
    this.log.toEnd(); // Sending marks all earlier messages as read.
    this.#owner.tell({ type: "message", from: "visitor", unread: 0 });
  }

  askEnd(asks: boolean): void {
    this.#asksEnd = asks;
    this.#owner.changed();
  }

  end(): void {
    this.dispatch({ type: "leave" });
  }

  hear(message: ContactMessage): void {
    if (message.mt === "KeepSeat") {
      const around = this.#owner.around();
      this.#seat = { agent: { id: "", name: "" }, visitor: "", ...around };
      return this.remember();
    }
    const before = this.unread;
    this.dispatch({ type: "told", message });
    if (message.mt !== "ChatMessage" || this.unread <= before) return;
    this.#untold.push(message.seq);
    if (!this.#isLooking) this.#tell();
  }

  disconnected(): void {
    this.#outage.begin();
    this.#owner.changed();
  }

  reconnected(resumed: boolean): void {
    this.#outage.end();
    this.dispatch({ type: "reconnected", resumed });
  }

  dispatch(event: PageChatEvent): void {
    this.#machine?.dispatch(event);
  }

  /** Must be called when the panel opens, closes or changes its view. */
  shown(): void {
    this.look();
    this.remember();
  }

  /** Marks the messages as read whose end is in view. */
  look(): void {
    const seq = this.log.inView;
    if (this.#isLooking && seq > 0) this.dispatch({ type: "look", seq });
    this.#tell();
  }

  dispose(): void {
    this.#life.abort();
    this.#outage[Symbol.dispose]();
    this.#typing.stop();
    this.log.dispose();
  }

  #begin(chat: PageChat): void {
    this.#machine = new Machine({
      initial: chat,
      step: (chat, event: PageChatEvent) =>
        withChange(chat, stepChat(chat, event, Date.now())),
      perform: (effect) => this.#perform(effect),
      clock: this.#owner.clock,
    });
  }

  #perform(effect: Effect): void {
    if (effect.type === "say") return void this.#owner.send(effect.message);
    this.remember();
    if (effect.isNewState && this.chat) {
      this.#asksEnd = false;
      const { state, agent } = this.chat;
      this.#owner.tell({ type: "chat", state, agent: agent.id });
    }
    this.#owner.changed();
  }

  get #isLooking(): boolean {
    return this.#owner.shows() && !document.hidden;
  }

  /** Notifies the page of the agent's messages once it is known whether they
   * are in view, so that `unread` is right. */
  #tell(): void {
    const until = this.#isLooking ? this.log.measured : Infinity;
    const due = this.#untold.filter((seq) => seq <= until);
    this.#untold = this.#untold.filter((seq) => seq > until);
    for (const _ of due) {
      const { unread } = this;
      this.#owner.tell({ type: "message", from: "agent", unread });
    }
    const isNew = due.some((seq) => seq > this.#replayed);
    if (isNew && this.unread > 0) chime();
  }

  /** Stores the chat, which continues on the tab's next page, or what the
   * visitor has written before it begins. */
  remember(): void {
    const around = this.#owner.around();
    const { uuid } = this.#owner;
    const { chat } = this;
    const isDraft = chat?.state === "drafting" && !around.form && !!this.#draft;
    const isStored = this.running || around.form || isDraft;
    if (!chat || !isStored || around.resume === "") {
      return remember(uuid, this.#seat);
    }
    const { agent, state, contact, seen, seq } = chat;
    remember(uuid, {
      ...around,
      agent: isDraft ? { id: "", name: "" } : agent,
      ...isDraft && { to: agent },
      visitor: state === "drafting" ? this.#owner.visitor() : chat.visitor,
      contact,
      lines: pendingOf(chat),
      seen,
      heard: Math.max(seq, this.#replayed),
      draft: this.#draft,
    });
  }
}
