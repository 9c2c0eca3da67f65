import type { ComponentChild } from "preact";
import type { ContactMedia } from "@/lib/model/media.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import type { Behind, ContactsOwner, ContactsPort } from "../contacts_port.ts";
import type { Model } from "../view/model.ts";
import { loadCalls } from "./call_loader.ts";
import { callOwner } from "./call_owner.ts";
import { CurrentCall } from "./current_call.ts";
import { ChatRun } from "./chat_run.ts";
import type { PageChat } from "./chat_state.ts";
import { chatScreen } from "./chat_screen.tsx";
import { ConsentGate } from "./consent_gate.ts";
import { ConsentView } from "./consent_view.tsx";
import { decodeContactMessage } from "./decode.ts";
import { NO_OPTIONS, type Options, withFacts } from "./facts.ts";
import type { FormGate } from "./form_gate.ts";
import { formOf } from "./form_owner.ts";
import { isLongName, shortName } from "./limits.ts";
import { clearsOf, knownOf, runsWithOther } from "./known.ts";
import type { Memory } from "./memory.ts";
import { RareViews } from "./rare_views.ts";
import { newId, Work } from "./work.ts";

/** Runs the one chat and the one call that a widget may have at a time. */
export class ContactPanel implements ContactsPort {
  readonly #owner: ContactsOwner;
  readonly #run: ChatRun;
  readonly #work: Work;
  readonly #life = new AbortController();
  readonly #calls: CurrentCall;
  #screen: "chat" | "call" = "chat";
  readonly #consent: ConsentGate;
  readonly #form: FormGate;
  readonly #rare: RareViews;
  #redial = () => {};
  /** The name as the visitor enters it, so it may be too long. */
  #name = "";
  #open = true;
  /** False on a page that loads with an open panel: it keeps the focus. */
  #focuses = true;
  readonly resume: string;

  constructor(owner: ContactsOwner, memory?: Memory, load = loadCalls) {
    this.#owner = owner;
    this.#calls = new CurrentCall(load);
    this.#rare = new RareViews(owner);
    const fail = () => this.refused("proof-required");
    this.#work = new Work(owner, this.#life.signal, fail);
    this.resume = memory?.resume ?? "";
    this.#name = memory?.visitor ?? "";
    this.#consent = new ConsentGate(
      memory?.consent ?? "",
      () => this.#options,
      owner.changed,
    );
    this.#open = memory?.open ?? true;
    this.#focuses = memory?.open !== true;
    this.#run = new ChatRun({
      ...owner,
      send: (message) => this.#say(message),
      shows: () => this.#open && !this.#isCovered,
      visitor: () => this.#visitor,
      around: () => ({
        resume: owner.roster().session?.resume ?? this.resume,
        consent: this.#consent.agreed,
        open: this.#open,
        ...this.#form?.stored,
      }),
    }, memory);
    this.#form = formOf({
      ...{ owner, run: this.#run, consent: this.#consent, memory },
      send: (message) => this.#say(message),
      name: () => this.#options.visitorName || this.#name,
      options: () => this.#options,
      start: (...to) => this.start(...to),
    });
  }

  /** The visible chat or call, running or ended. */
  get contacts() {
    return { chat: this.#run.chat, call: this.#calls.call };
  }

  get known(): ContactsPort["known"] {
    return knownOf(this.#run.chat, this.#calls.call?.call);
  }

  get open(): boolean {
    return this.shown && this.#open;
  }

  get shown(): boolean {
    return this.#run.chat !== undefined || this.#calls.call !== undefined ||
      this.#consent.asked !== undefined || this.#calls.isLoading;
  }

  get running(): boolean {
    return this.#run.running || this.#calls.running;
  }

  behind(model: Model): Behind | undefined {
    const hangUp = () => this.hangUp();
    const hidden = { run: this.#run, call: this.#calls.hidden, hangUp };
    return this.#rare.behind(hidden, model);
  }

  start(kind: ContactMedia, { id, dn }: { id: string; dn: string }): void {
    const agent = { id, name: dn || id };
    this.#focuses = true;
    this.#work.tellRunning(runsWithOther(this.contacts, kind, id));
    this.#form.choose(false);
    if (kind === "chat") this.#openChat(agent);
    else if (this.#calls.running) this.#screen = "call";
    else this.#consent.pass(() => this.#startCall(kind, agent));
    this.#owner.changed();
  }

  hangUp(): void {
    this.#calls.hangUp();
    this.#owner.changed();
  }

  /** Sets the name from the host page; a name that is too long is cut. */
  setVisitor(name: string): void {
    this.#name = shortName(name);
  }

  hear(value: unknown): void {
    this.#form.hear(value);
    const message = decodeContactMessage(value);
    if (message === undefined) return;
    this.#work.hear(message);
    const kind = this.#consent.expired(message, this.contacts);
    if (kind) return this.#askAgain(kind);
    const refusal = this.#refusalBy(message);
    if (refusal) this.#retry(refusal);
    this.#run.hear(message);
    this.#calls.call?.hear(message);
    this.#form.replace(this.#run);
  }

  refused(error: string): void {
    this.#calls.call?.refused(error);
    this.#form.refused(error);
    const isOver = this.#work.refused(error);
    const isOpening = this.#run.chat?.state === "opening";
    if (error === "proof-required") {
      if (isOpening) this.#retry("proofFailed");
      else this.#work.tell("proofFailed");
    } else if (isOver && isOpening) this.#run.end();
  }

  reconnected(resumed: boolean): void {
    const { call } = this.#calls;
    const clears = resumed ? clearsOf(this.#run.chat, call?.call) : [];
    for (const clear of clears) this.#owner.send(clear);
    this.#run.reconnected(resumed);
    this.#form.reconnected();
    call?.reconnected(resumed);
  }

  disconnected(): void {
    this.#calls.call?.disconnected();
    this.#run.disconnected();
  }

  opened(open: boolean): void {
    this.#open = open;
    if (!open) {
      this.#focuses = true;
      this.#work.tellRunning(false);
    }
    this.#calls.see();
    this.#run.shown();
  }

  dispose(): void {
    this.#calls.dispose();
    this.#life.abort();
    this.#run.dispose();
  }

  view(model: Model): ComponentChild {
    if (this.#consent.asked !== undefined) {
      return <ConsentView model={model} gate={this.#consent} />;
    }
    const { chat } = this.#run;
    if (this.#calls.isLoading) {
      return <p class="notice" role="status">{model.text("preparing")}</p>;
    }
    const { call } = this.#calls;
    if (call && (this.#screen === "call" || !chat)) return call.view(model);
    return chat && this.#chatView(chat, model);
  }

  #chatView(chat: PageChat, model: Model): ComponentChild {
    const [run, form, work] = [this.#run, this.#form, this.#work];
    return chatScreen({ chat, run, form, work, model, rare: this.#rare }, {
      name: this.#options.visitorName === "" ? this.#name : undefined,
      focuses: this.#focuses,
      call: this.#calls.running ? this.#calls.call?.bar(model) : undefined,
      act: {
        rename: (name) => {
          this.#name = name;
          run.write(run.draft); // Stores the name, too.
        },
        send: () => this.#send(chat),
        leave: () => run.leave(),
        message: () => form.leave(run),
        failed: this.#owner.failed,
      },
    });
  }

  #openChat(agent: PageChat["agent"]): void {
    this.#screen = "chat";
    if (!this.#run.running) this.#work.ask();
    this.#run.open(agent);
    this.#run.shown();
  }

  #send(chat: PageChat): void {
    const isLong = chat.state === "drafting" && isLongName(this.#name);
    if (this.#form.send() || !this.#run.canSend || isLong) return;
    // A chat that began with one consent text continues with it.
    this.#work.tellRunning(false);
    if (this.#run.running) this.#run.send();
    else this.#consent.pass(() => this.#begin());
  }

  #begin(): void {
    this.#work.tell("");
    this.#run.send();
  }

  /** The text to agree to has changed while the visitor pressed: asks again. */
  #askAgain(kind: "call" | "chat"): void {
    if (kind === "chat") this.#retry("");
    else this.#endCall();
    this.#consent.pass(kind === "chat" ? () => this.#begin() : this.#redial);
  }

  /** Restores the unsent text of a chat that was refused. */
  #retry(notice: "tooMany" | "closed" | "proofFailed" | ""): void {
    this.#run.retry();
    this.#work.ask(notice);
  }

  #refusalBy(message: ContactMessage): "" | "tooMany" | "closed" {
    const { chat } = this.#run;
    const isNew = chat?.state === "opening" && chat.seq === 0;
    return isNew ? this.#work.refusalBy(message) : "";
  }

  #endCall(): void {
    this.#calls.leave();
    this.#owner.changed();
  }

  #startCall(kind: "voice" | "video", agent: PageChat["agent"]): void {
    this.#redial = () => this.#startCall(kind, agent);
    this.#calls.start(() => {
      this.#work.ask();
      this.#screen = "call";
      this.#owner.changed();
      const [contact, visitor] = [newId(), this.#visitor];
      const owner = callOwner(this.#owner, { kind, agent }, {
        send: (message) => this.#say(message),
        notice: () => this.#work.notice,
        run: this.#run,
        start: (...to) => this.start(...to),
        ...{ form: this.#form, rare: this.#rare },
        leave: () => this.#endCall(),
      });
      return [owner, { agent, visitor, contact, video: kind === "video" }];
    }, this.#owner.failed);
  }

  #say(message: ClientMessage): boolean {
    return this.#owner.send(
      withFacts(message, this.#options, this.#consent.agreed),
    );
  }

  /** True if a call or the consent question is shown instead of the chat. */
  get #isCovered(): boolean {
    return this.#consent.asked !== undefined ||
      this.#screen === "call" && this.#calls.call !== undefined;
  }

  get #visitor(): string {
    return shortName(this.#options.visitorName || this.#name);
  }

  get #options(): Options {
    return this.#owner.roster().session?.options ?? NO_OPTIONS;
  }
}
