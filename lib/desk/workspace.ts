import { CAUSE } from "@/lib/base/causes.ts";
import { Machine } from "@/lib/base/machine.ts";
import type {
  AgentPort,
  CallBefore,
  CallEvent,
  CallLeg,
  ChatBefore,
  ChatLeg,
  OutgoingCall,
} from "@/lib/contact/ports.ts";
import { unreachable } from "@/lib/contact/unreachable.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Presence } from "@/lib/model/presence.ts";
import { DESK_CLOSE } from "@/lib/protocol/desk/close_codes.ts";
import type { Hello } from "@/lib/protocol/desk/page_messages.ts";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import { DeskCall } from "./call.ts";
import { DeskChat } from "./chat.ts";
import { CHOICE_NOT_STORED } from "./choice_keeper.ts";
import { Ended } from "./ended.ts";
import type {
  DeskMessage,
  DeskSocket,
  DeskSocketOwner,
} from "./desk_socket.ts";
import type { Pages } from "./pages.ts";
import type { DeskTimes, WorkspaceOwner } from "./ports.ts";
import { type Load, loadOf, welcomeOf } from "./contents.ts";
import {
  presenceOf,
  refusalOf,
  stepWorkspace,
  workspaceDueAt,
  type WorkspaceEffect,
  type WorkspaceEvent,
  type WorkspaceState,
} from "./workspace_state.ts";

type NewChat = [...Parameters<AgentPort["openChat"]>, before?: ChatBefore];
type Continued = Parameters<Required<AgentPort>["resumeCall"]>;

/** One agent: the connected pages, the calls and the chats. */
export class Workspace implements DeskSocketOwner, Pages {
  readonly clock: WorkspaceOwner["clock"];
  readonly times: DeskTimes;
  readonly #owner: WorkspaceOwner;
  readonly #sockets = new Map<string, DeskSocket>();
  readonly #calls = new Map<string, DeskCall>();
  readonly #chats = new Map<string, DeskChat>();
  readonly #ended: Ended;
  readonly #machine: Machine<WorkspaceState, WorkspaceEvent, WorkspaceEffect>;
  #account: Account;
  #choice: Presence;
  #generation = 0;

  constructor(account: Account, choice: Presence, owner: WorkspaceOwner) {
    this.#account = account;
    this.#choice = choice;
    this.#owner = owner;
    this.#ended = new Ended(owner.clock);
    const { clock, times } = owner;
    this.clock = clock;
    this.times = times;
    this.#machine = new Machine({
      initial: { state: "empty" },
      step: (state, event, now) => stepWorkspace(state, event, { now, times }),
      perform: (effect) => this.#perform(effect),
      clock,
      dueAt: workspaceDueAt,
    });
  }

  get account(): Account {
    return this.#account;
  }

  get generation(): number {
    return this.#generation;
  }

  get load(): Load {
    return loadOf(this.#sockets.size, this.#calls, this.#chats);
  }

  get presence(): Presence {
    return presenceOf(this.#machine.state, this.#choice, this.#isInCall());
  }

  /** The account or its sessions have changed, so each page has to reconnect
   * with its cookie (D12). */
  renew(account: Account): void {
    this.#account = account;
    this.#signOut();
  }

  /** Ends everything, because the account was deleted. */
  remove(): void {
    this.#signOut();
    this.#end({ type: "end", cause: CAUSE.outOfOrder });
    this.#machine.dispatch({ type: "removed" });
    this.#owner.presenceChanged(this.#account);
  }

  /** The service stops; pages reconnect later. */
  dispose(): void {
    this.closeAll(DESK_CLOSE.restart);
    this.#end({ type: "end", cause: CAUSE.temporaryFailure });
    this.#machine[Symbol.dispose]();
  }

  /** Rings. The caller has checked {@linkcode refusalOf} before. */
  dial(
    call: OutgoingCall,
    tell: (event: CallEvent) => void,
    before?: CallBefore,
  ): CallLeg {
    const restored = { type: "restored", what: "call" } as const;
    if (before !== undefined) this.#machine.dispatch(restored);
    const desk: DeskCall = new DeskCall(call, {
      pages: this,
      tell,
      moved: () => this.#callMoved(desk),
      ...(before && { before }),
    });
    this.#calls.set(desk.id, desk);
    queueMicrotask(() => desk.start());
    if (before !== undefined) this.#presenceMoved();
    return desk.leg;
  }

  /** Continues a connected call of another home (D35). */
  resumeCall(...[call, tell, before]: Continued): CallLeg {
    const known = this.#calls.get(call.id);
    if (known !== undefined) return known.reattach(tell, before);
    const cause = this.#ended.causeOf(call.id);
    if (cause !== undefined) return unreachable(cause, tell);
    return this.dial(call, tell, before);
  }

  /** @param before Its state in the bridge that was killed (D30, D33). */
  openChat(...[chat, tell, before]: NewChat): ChatLeg {
    const known = this.#chats.get(chat.id);
    if (known && before) return known.reattach(chat, tell, before);
    const cause = this.#ended.causeOf(chat.id);
    if (cause !== undefined) return unreachable(cause, tell);
    const desk = new DeskChat(chat, {
      pages: this,
      tell,
      moved: () => this.#chatMoved(desk),
      ...(before && { before }),
    });
    const restored = { type: "restored", what: "chat" } as const;
    if (before !== undefined) this.#machine.dispatch(restored);
    this.#chats.set(desk.id, desk);
    queueMicrotask(() => desk.start());
    return desk.leg;
  }

  /** D2: returns why a call or chat can't ring here now, as a Q.850 cause. */
  refusalOf(what: "call" | "chat"): number | undefined {
    return refusalOf(what, {
      presence: presenceOf(this.#machine.state, this.#choice, false),
      chats: this.#chats.size,
      calls: this.#calls.size,
      isInCall: this.#isInCall(),
    });
  }

  toAll(message: (page: string) => ServiceMessage): void {
    for (const [page, socket] of [...this.#sockets]) socket.say(message(page));
  }

  to(page: string, message: ServiceMessage): void {
    this.#sockets.get(page)?.say(message);
  }

  hello(socket: DeskSocket, hello: Hello): void {
    const silently = { silently: true };
    const isOld = socket.generation !== this.#generation; // D12
    if (isOld) return socket.close(DESK_CLOSE.signedOut, silently);
    // D11: the same page reconnected before its broken socket was noticed.
    this.#sockets.get(socket.page)?.close(DESK_CLOSE.replaced, silently);
    this.#machine.dispatch({ type: "page-came" });
    this.#sockets.set(socket.page, socket); // Welcome is its first message.
    this.#welcome(socket);
    for (const { call, heard } of hello.calls) {
      this.#calls.get(call)?.resume(socket.page, heard);
    }
    const seqs = new Map(hello.chats.map(({ chat, seq }) => [chat, seq]));
    for (const chat of [...this.#chats.values(), ...this.#ended.chats()]) {
      chat.resume(socket.page, seqs.get(chat.id) ?? 0);
    }
  }

  message(socket: DeskSocket, message: DeskMessage): void {
    switch (message.type) {
      case "choose":
        return this.#choose(message.presence);
      case "get-ice":
        return socket.say({ type: "ice", ...this.#owner.ice(this.#account) });
      case "ringing":
        this.#calls.get(message.contact)?.dispatch({ type: "ringing" });
        return this.#chats.get(message.contact)?.dispatch({ type: "ringing" });
      default:
        if ("call" in message) {
          return this.#calls.get(message.call)?.onPage(socket.page, message);
        }
        return this.#chats.get(message.chat)?.onPage(message);
    }
  }

  left(socket: DeskSocket, clean: boolean): void {
    this.#sockets.delete(socket.page);
    const is = clean ? "gone" : "lost";
    const event = { type: "page", page: socket.page, is } as const;
    for (const call of [...this.#calls.values()]) call.dispatch(event);
    const others = this.#sockets.size;
    const alone = others === 0 ? [...this.#chats.values()] : [];
    for (const chat of alone) chat.dispatch({ type: "pages-gone" });
    this.#machine.dispatch({ type: "page-left", clean, others });
  }

  #signOut(): void {
    this.#generation++;
    this.closeAll(DESK_CLOSE.signedOut);
  }

  /** Closes the sockets of all pages. */
  closeAll(code: number): void {
    for (const socket of [...this.#sockets.values()]) socket.close(code);
  }

  #perform(effect: WorkspaceEffect): void {
    switch (effect) {
      case "presence":
        return this.#presenceMoved();
      case "end-ringing":
        return this.#end({ type: "end-ringing", cause: CAUSE.noResponse });
      case "end-all":
        return this.#end({ type: "end", cause: CAUSE.temporaryFailure });
    }
  }

  #end(event: { type: "end" | "end-ringing"; cause: number }): void {
    for (const call of [...this.#calls.values()]) call.dispatch(event);
    for (const chat of [...this.#chats.values()]) chat.dispatch(event);
  }

  #welcome(socket: DeskSocket): void {
    socket.say(welcomeOf(socket.page, {
      now: this.clock.wall(),
      account: this.#account,
      choice: this.#choice,
      isChoiceStored: this.#owner.isChoiceStored(this.#account.id),
      presence: this.presence,
      calls: [...this.#calls.values(), ...this.#ended.calls()],
      chats: [...this.#chats.values(), ...this.#ended.chats()],
    }));
  }

  #choose(choice: Presence): void {
    this.#choice = choice;
    this.#presenceMoved();
    this.#owner.keepChoice(this.#account.id, choice, (isStored) => {
      const stored = { type: "choice-stored" } as const;
      this.toAll(() => isStored ? stored : CHOICE_NOT_STORED);
    });
  }

  #callMoved(call: DeskCall): void {
    const hasEnded = call.state.state === "ended";
    if (hasEnded || call.isForgotten) this.#calls.delete(call.id);
    if (hasEnded) this.#ended.addCall(call);
    if (call.isForgotten) this.#machine.dispatch({ type: "moved" });
    if (call.state.state === "taken") { // D2: one call at a time.
      for (const other of [...this.#calls.values()]) {
        other.dispatch({ type: "end-ringing", cause: CAUSE.busy });
      }
    }
    this.#presenceMoved();
  }

  #chatMoved(chat: DeskChat): void {
    const hasEnded = chat.state.state === "ended";
    if (hasEnded || chat.isForgotten) this.#chats.delete(chat.id);
    if (hasEnded) this.#ended.addChat(chat);
  }

  #presenceMoved(): void {
    const shown = { choice: this.#choice, presence: this.presence };
    this.toAll(() => ({ type: "presence", ...shown }));
    this.#owner.presenceChanged(this.#account);
  }

  #isInCall(): boolean {
    return [...this.#calls.values()].some(({ state }) => "holder" in state);
  }
}
