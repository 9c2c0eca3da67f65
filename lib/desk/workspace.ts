import { CAUSE } from "@/lib/base/causes.ts";
import { Machine } from "@/lib/base/machine.ts";
import type { CallLeg, ChatLeg } from "@/lib/contact/ports.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Presence } from "@/lib/model/presence.ts";
import { DESK_CLOSE } from "@/lib/protocol/desk/close_codes.ts";
import type { Hello } from "@/lib/protocol/desk/page_messages.ts";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import { withName } from "./answer_name.ts";
import { AbsentRings } from "./absent_rings.ts";
import type { DeskCall } from "./call.ts";
import type { DeskChat } from "./chat.ts";
import { CHOICE_NOT_STORED } from "./choice_keeper.ts";
import type {
  Departure,
  DeskMessage,
  DeskSocket,
  DeskSocketOwner,
} from "./desk_socket.ts";
import type { Pages } from "./pages.ts";
import type { DeskTimes, WorkspaceOwner } from "./ports.ts";
import {
  AgentContacts,
  type Continued,
  type NewChat,
} from "./agent_contacts.ts";
import { type Load, loadOf, welcomeOf } from "./contents.ts";
import {
  isAbsent,
  presenceOf,
  refusalOf,
  stepWorkspace,
  workspaceDueAt,
  type WorkspaceEffect,
  type WorkspaceEvent,
  type WorkspaceState,
} from "./workspace_state.ts";

/** The state that an agent's own pages show. */
export interface WorkspaceOverview {
  /** The presence that visitors see. */
  presence: Presence;
  /** Number of ringing calls and chats. */
  waiting: number;
}

/** One agent: the connected pages, the calls and the chats. */
export class Workspace implements DeskSocketOwner, Pages {
  readonly clock: WorkspaceOwner["clock"];
  readonly times: DeskTimes;
  readonly #owner: WorkspaceOwner;
  readonly #sockets = new Map<string, DeskSocket>();
  readonly #contacts: AgentContacts;
  readonly #absent: AbsentRings;
  readonly #machine: Machine<WorkspaceState, WorkspaceEvent, WorkspaceEffect>;
  #account: Account;
  #choice: Presence;
  #generation = 0;

  constructor(account: Account, choice: Presence, owner: WorkspaceOwner) {
    this.#account = account;
    this.#choice = choice;
    this.#owner = owner;
    this.#absent = new AbsentRings(owner.push, account.id);
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
    this.#contacts = new AgentContacts(this, {
      restored: (what) => this.#machine.dispatch({ type: "restored", what }),
      started: (contact) => this.#started(contact),
      moved: (contact) => this.#absent.over(contact),
      left: () => this.#machine.dispatch({ type: "moved" }),
      callsChanged: () => this.#presenceMoved(),
    });
  }

  get account(): Account {
    return this.#account;
  }

  get generation(): number {
    return this.#generation;
  }

  get load(): Load {
    return loadOf(this.#sockets.size, this.#contacts);
  }

  get presence(): Presence {
    return this.#presence(this.#contacts.isInCall);
  }

  get overview(): WorkspaceOverview {
    return { presence: this.presence, waiting: this.load.waiting };
  }

  /** True if nothing of the agent is here or expected back soon, and the agent's
   * devices aren't notified from here. */
  get isUnused(): boolean {
    const { pages, contacts } = this.load;
    const isExpected = this.#machine.state.state === "lost";
    if (this.#absent.isReachable || isExpected) return false;
    return pages + contacts.size === 0;
  }

  /** The agent's devices can be notified from now on, or not any more. */
  setReachable(isReachable: boolean): void {
    if (isReachable === this.#absent.isReachable) return;
    this.#absent.isReachable = isReachable;
    this.#presenceMoved();
    if (isReachable) this.#ringIfAbsent(); // A chat from before a crash.
  }

  /** Ends what rings, if neither a page nor a device shows it. */
  endUnseen(): void {
    if (isAbsent(this.#machine.state) && !this.#canRing()) this.#endRinging();
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
    this.#contacts.end({ type: "end", cause: CAUSE.outOfOrder });
    this.#machine.dispatch({ type: "removed" });
    this.#owner.presenceChanged(this.#account);
  }

  /** The service stops; pages reconnect later. */
  dispose(): void {
    this.closeAll(DESK_CLOSE.restart);
    this.#contacts.end({ type: "end", cause: CAUSE.temporaryFailure });
    this.#machine[Symbol.dispose]();
    this.#absent[Symbol.dispose]();
  }

  nameOf = (address: string) => this.#owner.nameOf(address);

  /** Rings. The caller has checked {@linkcode refusalOf} before. */
  dial(...[call, tell]: Parameters<AgentContacts["dial"]>): CallLeg {
    return this.#contacts.dial(call, withName(this.#account, call, tell));
  }

  resumeCall(...given: Continued): CallLeg {
    return this.#contacts.resumeCall(...given);
  }

  openChat(...[chat, tell, before]: NewChat): ChatLeg {
    const named = withName(this.#account, chat, tell);
    return this.#contacts.openChat(chat, named, before);
  }

  /** D2: returns why a call or chat can't ring here now, as a Q.850 cause. */
  refusalOf(what: "call" | "chat"): number | undefined {
    return refusalOf(what, {
      presence: this.#presence(false),
      chats: this.#contacts.chats.size,
      calls: this.#contacts.calls.size,
      isInCall: this.#contacts.isInCall,
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
    const { size } = this.#sockets;
    const count = this.#sockets.has(socket.page) ? size : size + 1;
    this.toAll(() => ({ type: "pages", count }));
    this.#sockets.set(socket.page, socket); // Welcome is its first message.
    this.#welcome(socket);
    this.#contacts.resume(socket.page, hello);
  }

  message(socket: DeskSocket, message: DeskMessage): void {
    switch (message.type) {
      case "choose":
        return this.#choose(message.presence);
      case "get-ice":
        return socket.say({ type: "ice", ...this.#owner.ice(this.#account) });
      case "ringing":
        return this.#contacts.shown(message.contact);
      default:
        return this.#contacts.onPage(socket.page, message);
    }
  }

  left(socket: DeskSocket, how: Departure): void {
    this.#sockets.delete(socket.page);
    const others = this.#sockets.size;
    this.#contacts.pageLeft(socket.page, { ...how, others });
    this.#machine.dispatch({ type: "page-left", ...how, others });
    this.toAll(() => ({ type: "pages", count: others }));
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
        return this.#canRing() ? this.#ringIfAbsent() : this.#endRinging();
      case "end-all": {
        const cause = CAUSE.temporaryFailure;
        const stays = this.#canRing() ? "ringing" : undefined;
        return this.#contacts.end({ type: "end", cause }, stays);
      }
    }
  }

  #presence(inCall: boolean): Presence {
    const { isReachable } = this.#absent;
    const options = { inCall, isReachable };
    return presenceOf(this.#machine.state, this.#choice, options);
  }

  #canRing(): boolean {
    return this.#presence(false) === "online";
  }

  /** D40: notifies the agent's devices of all that rings, if no page does. */
  #ringIfAbsent(): void {
    if (!isAbsent(this.#machine.state) || !this.#canRing()) return;
    const { calls, chats } = this.#contacts;
    for (const contact of [...calls.values(), ...chats.values()]) {
      this.#absent.ring(contact);
    }
  }

  /** The pages may be those of a phone that sleeps, so they get some time. */
  #started(contact: DeskCall | DeskChat): void {
    const { clock, times: { unseenMs: withinMs } } = this;
    if (isAbsent(this.#machine.state)) this.#ringIfAbsent();
    else this.#absent.ringIfUnseen(contact, { clock, withinMs });
  }

  #endRinging(): void {
    this.#contacts.end({ type: "end-ringing", cause: CAUSE.noResponse });
  }

  #welcome(socket: DeskSocket): void {
    socket.say(welcomeOf(socket.page, {
      now: this.clock.wall(),
      account: this.#account,
      choice: this.#choice,
      isChoiceStored: this.#owner.isChoiceStored(this.#account.id),
      presence: this.presence,
      pages: this.#sockets.size,
      ...this.#contacts.listed(),
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

  #presenceMoved(): void {
    const shown = { choice: this.#choice, presence: this.presence };
    this.toAll(() => ({ type: "presence", ...shown }));
    this.#owner.presenceChanged(this.#account);
  }
}
