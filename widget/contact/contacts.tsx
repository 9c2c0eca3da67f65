import type { ComponentChild } from "preact";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import { PAGE_LIMITS } from "@/lib/protocol/visitor/page_limits.ts";
import type { ErrorCode } from "@/lib/protocol/visitor/session_messages.ts";
import { createCall } from "../call/mod.tsx";
import type { CallDesk } from "../call/port.ts";
import type { ContactKind, Contacts, ContactsHost } from "../contacts_port.ts";
import type { Model } from "../view/model.ts";
import type { Chat, ChatEvent } from "./chat.ts";
import { isRunning, newChat, resumedChat, stepChat, unread } from "./chat.ts";
import { ChatView } from "./chat_view.tsx";
import { ConsentView } from "./consent_view.tsx";
import { decodeContactMessage } from "./decode.ts";
import { consentOf, NO_OPTIONS, type Options, withFacts } from "./facts.ts";
import { type Memory, remember } from "./memory.ts";
import { chime } from "./tone.ts";
import { Typing } from "./typing.ts";
import { newId, ownWords, Work } from "./work.ts";

type Agent = Chat["agent"];
/** What waits for the visitor's consent. */
type Asked = { agent: Agent; go: () => void };

/** Runs the one chat and the one call that a widget may have at a time. */
export class ContactPanel implements Contacts {
  readonly #host: ContactsHost;
  readonly #typing: Typing;
  readonly #work: Work;
  readonly #life = new AbortController();
  #chat: Chat | undefined;
  #call: CallDesk | undefined;
  #screen: "chat" | "call" = "chat";
  #asked: Asked | undefined;
  /** Version of the text that the visitor has agreed to. */
  #agreed = "";
  #draft = "";
  #name = "";
  #open = true;
  readonly resume: string;

  constructor(host: ContactsHost, memory?: Memory) {
    this.#host = host;
    this.#typing = new Typing((typing) => this.#do({ type: "typing", typing }));
    const fail = () => this.refused("proof-required");
    this.#work = new Work(host, this.#life.signal, fail);
    const look = () => this.#look();
    document.addEventListener("visibilitychange", look, this.#life);
    this.resume = memory?.resume ?? "";
    if (memory === undefined) return;
    this.#name = memory.visitor;
    this.#agreed = memory.consent;
    this.#open = memory.open;
    this.#chat = resumedChat(memory.agent, memory.visitor);
  }

  get seq(): number {
    return this.#chat?.seq ?? 0;
  }

  get open(): boolean {
    return this.shown && this.#open;
  }

  get shown(): boolean {
    return this.#chat !== undefined || this.#call !== undefined ||
      this.#asked !== undefined;
  }

  get running(): boolean {
    return this.#chatRuns || this.#call?.running === true;
  }

  get unread(): number {
    return this.#chat === undefined ? 0 : unread(this.#chat);
  }

  start(kind: ContactKind, { id, dn }: { id: string; dn: string }): void {
    const agent = { id, name: dn || id };
    if (kind === "chat") this.#openChat(agent);
    else if (this.#call?.running) this.#screen = "call";
    else this.#afterConsent(agent, () => this.#startCall(kind, agent));
    this.#host.changed();
  }

  hangUp(): void {
    this.#call?.hangUp();
  }

  setVisitor(name: string): void {
    this.#name = name.trim().slice(0, PAGE_LIMITS.nameLength);
  }

  hear(value: unknown): void {
    const message = decodeContactMessage(value);
    if (message === undefined) return;
    const before = this.unread;
    this.#work.hear(message);
    this.#do({ type: "told", message });
    this.#call?.hear(message);
    if (this.unread === before) return;
    this.#look();
    this.#host.tell({ type: "message", from: "agent", unread: this.unread });
    if (this.unread > 0) chime();
  }

  refused(error: ErrorCode): void {
    this.#call?.refused(error);
    if (!this.#work.refused(error) || this.#chat?.state !== "opening") return;
    // What was written in vain is there for the next try.
    this.#draft ||= ownWords(this.#chat);
    this.#do(ENDED);
  }

  linked(resumed: boolean): void {
    this.#do({ type: "linked", resumed });
    this.#call?.linked(resumed);
  }

  unlinked(): void {
    this.#call?.unlinked();
    this.#host.changed();
  }

  opened(open: boolean): void {
    this.#open = open;
    this.#look();
    this.#remember();
  }

  dispose(): void {
    this.#life.abort();
    this.#typing.stop();
    this.#call?.dispose();
  }

  view(model: Model): ComponentChild {
    if (this.#asked !== undefined) {
      const { go } = this.#asked;
      return (
        <ConsentView
          model={model}
          consent={this.#options.consent}
          agree={() => {
            this.#agreed = consentOf(this.#options);
            this.#settle(go);
          }}
          cancel={() => this.#settle()}
        />
      );
    }
    if (this.#call && (this.#screen === "call" || !this.#chat)) {
      return this.#call.view(model);
    }
    return this.#chat && this.#chatView(this.#chat, model);
  }

  #chatView(chat: Chat, model: Model): ComponentChild {
    return (
      <ChatView
        chat={chat}
        model={model}
        draft={this.#draft}
        name={this.#options.visitorName === "" ? this.#name : undefined}
        alert={this.#host.ready() ? this.#work.notice : "connectionLost"}
        call={this.#call?.running ? this.#call.bar(model) : undefined}
        act={{
          write: (text) => {
            this.#draft = text;
            this.#typing.touch();
          },
          rename: (name) => this.setVisitor(name),
          send: () => this.#send(),
          end: () => this.#do(ENDED),
          again: () => this.#openChat(chat.agent),
          leave: () => {
            this.#chat = undefined;
            this.#host.changed();
          },
          failed: this.#host.failed,
        }}
      />
    );
  }

  #openChat(agent: Agent): void {
    this.#screen = "chat";
    if (!this.#chatRuns) {
      this.#work.ask();
      this.#chat = newChat(agent, this.#name);
    }
    this.#look();
    this.#host.changed();
  }

  #send(): void {
    const text = this.#draft.trim().slice(0, PAGE_LIMITS.textLength);
    const chat = this.#chat;
    if (text === "" || chat === undefined) return;
    const say = () => {
      this.#typing.stop();
      this.#draft = "";
      if (chat.state === "drafting") {
        this.#chat = { ...chat, visitor: this.#visitor };
      }
      this.#do({ type: "say", id: newId(), text });
      this.#host.tell({ type: "message", from: "visitor", unread: 0 });
    };
    // What began under one text goes on under it.
    if (this.#chatRuns) say();
    else this.#afterConsent(chat.agent, say);
  }

  #startCall(kind: "voice" | "video", agent: Agent): void {
    this.#call?.dispose();
    this.#screen = "call";
    this.#work.ask();
    this.#call = createCall({
      ...this.#host,
      send: (message) => this.#say(message),
      notice: () => this.#work.notice,
      chat: () => this.#openChat(agent),
      show: () => {
        this.#screen = "call";
        this.#host.changed();
      },
      leave: () => {
        this.#call?.dispose();
        this.#call = undefined;
        this.#host.changed();
      },
    }, { agent, visitor: this.#visitor, video: kind === "video" });
    this.#host.changed();
  }

  /** Asks for consent, if the widget wants it and it was not given yet. */
  #afterConsent(agent: Agent, go: () => void): void {
    if (["", this.#agreed].includes(consentOf(this.#options))) go();
    else this.#asked = { agent, go };
    this.#host.changed();
  }

  #settle(go?: () => void): void {
    this.#asked = undefined;
    go?.();
    this.#host.changed();
  }

  #do(event: ChatEvent): void {
    const before = this.#chat;
    if (before === undefined) return;
    const { chat, say } = stepChat(before, event, Date.now());
    this.#chat = chat;
    for (const message of say) this.#say(message);
    if (chat === before) return;
    if (chat.state !== before.state) {
      this.#remember();
      const { state, agent } = chat;
      this.#host.tell({ type: "chat", state, agent: agent.id });
    }
    this.#host.changed();
  }

  /** What stands before the visitor's eyes is read. */
  #look(): void {
    const covered = this.#screen === "call" && this.#call !== undefined;
    if (this.#open && !covered && !document.hidden) this.#do({ type: "look" });
  }

  #say(message: ClientMessage): boolean {
    return this.#host.send(withFacts(message, this.#options, this.#agreed));
  }

  /** The chat survives the next page of this tab: from its first message on. */
  #remember(): void {
    const chat = this.#chat;
    const resume = this.#host.roster().session?.resume ?? this.resume;
    if (!chat || !this.#chatRuns || resume === "") {
      return remember(this.#host.uuid, undefined);
    }
    const { agent, visitor } = chat;
    const [consent, open] = [this.#agreed, this.#open];
    remember(this.#host.uuid, { resume, agent, visitor, consent, open });
  }

  get #chatRuns(): boolean {
    return this.#chat !== undefined && isRunning(this.#chat);
  }

  get #visitor(): string {
    return this.#options.visitorName || this.#name;
  }

  get #options(): Options {
    return this.#host.roster().session?.options ?? NO_OPTIONS;
  }
}

const ENDED: ChatEvent = { type: "leave" };
