import { CAUSE } from "@/lib/base/causes.ts";
import type {
  AgentPort,
  CallBefore,
  CallEvent,
  CallLeg,
  ChatBefore,
  ChatLeg,
  OutgoingCall,
} from "@/lib/contact/ports.ts";
import type {
  CallPageMessage,
  ChatPageMessage,
  Hello,
} from "@/lib/protocol/desk/page_messages.ts";
import { unreachable } from "@/lib/contact/unreachable.ts";
import { DeskCall } from "./call.ts";
import { DeskChat } from "./chat.ts";
import { Ended } from "./ended.ts";
import type { Pages } from "./pages.ts";

export type NewChat = [
  ...Parameters<AgentPort["openChat"]>,
  before?: ChatBefore,
];
export type Continued = Parameters<Required<AgentPort>["resumeCall"]>;

type ContactPageMessage = CallPageMessage | ChatPageMessage;

/** The workspace, as its calls and chats use it. */
export interface AgentContactsOwner {
  /** A call or chat from before a crash is about to be here. */
  restored(what: "call" | "chat"): void;
  /** A new call or chat rings, or one is restored. */
  started(contact: DeskCall | DeskChat): void;
  /** A call or chat has another state. */
  moved(contact: DeskCall | DeskChat): void;
  /** A call has moved to another instance. */
  left(): void;
  /** The agent may be in another number of calls. */
  callsChanged(): void;
}

/** The calls and chats of one agent: the running ones, and the last ended
 * ones. */
export class AgentContacts {
  readonly calls = new Map<string, DeskCall>();
  readonly chats = new Map<string, DeskChat>();
  readonly ended: Ended;
  readonly #pages: Pages;
  readonly #owner: AgentContactsOwner;

  constructor(pages: Pages, owner: AgentContactsOwner) {
    this.#pages = pages;
    this.#owner = owner;
    this.ended = new Ended(pages.clock);
  }

  get isInCall(): boolean {
    return [...this.calls.values()].some(({ state }) => "holder" in state);
  }

  /** Number of chats that the agent has joined. */
  get #joined(): number {
    return [...this.chats.values()]
      .filter(({ state }) => state.state === "joined").length;
  }

  /** Rings. The caller has checked that the agent can answer. */
  dial(
    call: OutgoingCall,
    tell: (event: CallEvent) => void,
    before?: CallBefore,
  ): CallLeg {
    if (before !== undefined) this.#owner.restored("call");
    const desk: DeskCall = new DeskCall(call, {
      pages: this.#pages,
      tell,
      moved: () => this.#callMoved(desk),
      ...(before && { before }),
    });
    this.calls.set(desk.id, desk);
    this.#startSoon(desk);
    if (before !== undefined) this.#owner.callsChanged();
    return desk.leg;
  }

  /** Continues a connected call of another home (D35). */
  resumeCall(...[call, tell, before]: Continued): CallLeg {
    const known = this.calls.get(call.id);
    if (known !== undefined) return known.reattach(tell, before);
    const cause = this.ended.causeOfCall(call.id);
    if (cause !== undefined) return unreachable(cause, tell);
    return this.dial(call, tell, before);
  }

  /** @param before Its state in the bridge that was killed (D30, D33). */
  openChat(...[chat, tell, before]: NewChat): ChatLeg {
    const known = this.chats.get(chat.id);
    if (known && before) return known.reattach(chat, tell, before);
    const cause = this.ended.causeOfChat(chat.id);
    if (cause !== undefined) return unreachable(cause, tell);
    if (!before && this.#joined >= (chat.chatsMax ?? Infinity)) { // D45
      return unreachable(CAUSE.busy, tell);
    }
    this.ended.deleteChat(chat.id);
    const desk: DeskChat = new DeskChat(chat, {
      pages: this.#pages,
      tell,
      moved: () => this.#chatMoved(desk),
      ...(before && { before }),
    });
    if (before !== undefined) this.#owner.restored("chat");
    this.chats.set(desk.id, desk);
    this.#startSoon(desk);
    return desk.leg;
  }

  /** Returns the running and the last ended ones. */
  listed(): { calls: DeskCall[]; chats: DeskChat[] } {
    return {
      calls: [...this.calls.values(), ...this.ended.calls()],
      chats: [...this.chats.values(), ...this.ended.chats()],
    };
  }

  /** A page has connected, and names what it has of them. */
  resume(page: string, hello: Pick<Hello, "calls" | "chats">): void {
    for (const { call, heard } of hello.calls) {
      this.calls.get(call)?.resume(page, heard);
    }
    const seqs = new Map(hello.chats.map(({ chat, seq }) => [chat, seq]));
    for (const chat of this.listed().chats) {
      chat.resume(page, seqs.get(chat.id) ?? 0);
    }
  }

  /** A page shows the ringing call or chat. */
  shown(id: string): void {
    this.calls.get(id)?.dispatch({ type: "ringing" });
    this.chats.get(id)?.dispatch({ type: "ringing" });
  }

  onPage(page: string, message: ContactPageMessage): void {
    if ("call" in message) this.calls.get(message.call)?.onPage(page, message);
    else this.chats.get(message.chat)?.onPage(message);
  }

  /** A page has disconnected. `others` is the number of remaining pages. */
  pageLeft(
    page: string,
    { clean, others }: { clean: boolean; others: number },
  ): void {
    const is = clean ? "gone" : "lost";
    for (const call of [...this.calls.values()]) {
      call.dispatch({ type: "page", page, is });
    }
    if (others > 0) return;
    for (const chat of [...this.chats.values()]) {
      chat.dispatch({ type: "pages-gone" });
    }
  }

  /** @param stays The state of those that don't end. */
  end(
    event: { type: "end" | "end-ringing"; cause: number },
    stays?: "ringing",
  ): void {
    for (const one of [...this.calls.values(), ...this.chats.values()]) {
      if (one.state.state !== stays) one.dispatch(event);
    }
  }

  #startSoon(contact: DeskCall | DeskChat): void {
    queueMicrotask(() => {
      contact.start();
      this.#owner.started(contact);
    });
  }

  #callMoved(call: DeskCall): void {
    this.#owner.moved(call);
    const hasEnded = call.state.state === "ended";
    if (hasEnded || call.isForgotten) this.calls.delete(call.id);
    if (hasEnded) this.ended.addCall(call);
    if (call.isForgotten) this.#owner.left();
    if (call.state.state === "taken") { // D2: one call at a time.
      for (const other of [...this.calls.values()]) {
        other.dispatch({ type: "end-ringing", cause: CAUSE.busy });
      }
    }
    this.#owner.callsChanged();
  }

  #chatMoved(chat: DeskChat): void {
    this.#owner.moved(chat);
    const hasEnded = chat.state.state === "ended";
    if (hasEnded || chat.isForgotten) this.chats.delete(chat.id);
    if (hasEnded) this.ended.addChat(chat);
    if (chat.state.state === "joined") this.#endTooMany();
  }

  /** D45: a team's chats go to others from now on. */
  #endTooMany(): void {
    const joined = this.#joined;
    for (const chat of [...this.chats.values()]) {
      if (joined < chat.chatsMax) continue;
      chat.dispatch({ type: "end-ringing", cause: CAUSE.busy });
    }
  }
}
