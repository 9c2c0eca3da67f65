import { getLogger } from "@logtape/logtape";
import { Hub } from "@/lib/base/hub.ts";
import type { Socket, SocketEvents } from "@/lib/base/socket.ts";
import type {
  AgentFinder,
  AgentMatches,
  AgentPort,
  AgentQuery,
  CallLeg,
  ChatLeg,
} from "@/lib/contact/ports.ts";
import { unreachable } from "@/lib/contact/unreachable.ts";
import { STORE_BACKOFF } from "@/lib/base/backoff.ts";
import { UntilDone } from "@/lib/base/until_done.ts";
import { CAUSE } from "@/lib/base/causes.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Presence } from "@/lib/model/presence.ts";
import { DESK_CLOSE } from "@/lib/protocol/desk/close_codes.ts";
import { DESK_LIMITS } from "@/lib/protocol/desk/limits.ts";
import { ChoiceKeeper } from "./choice_keeper.ts";
import { DeskSocket } from "./desk_socket.ts";
import { DESK_TIMES, type DeskOptions, type WorkspaceOwner } from "./ports.ts";
import { searchAgents } from "./search.ts";
import { Watches } from "./watches.ts";
import type { Workspace, WorkspaceOverview } from "./workspace.ts";
import { keyOf, Workspaces } from "./workspaces.ts";

const log = getLogger(["widgets", "desk"]);

type Given<M extends keyof AgentPort> = Parameters<Required<AgentPort>[M]>;

/** The bank of agents who answer in a browser; SPEC.md of the desk's protocol
 * has the rules. */
export class DeskBank implements AgentPort, AgentFinder, AsyncDisposable {
  readonly #options: DeskOptions;
  readonly #owner: WorkspaceOwner;
  readonly #watches = new Watches();
  /** The presence of all agents, which may be the same as before. */
  readonly #presences = new Hub<
    { changed: { address: string; presence: Presence } }
  >();
  readonly #workspaces: Workspaces;
  readonly #listening: Disposable[];
  /** Ids of accounts that have changed since they were read. */
  readonly #changed = new Set<string>();
  readonly #loading: UntilDone;
  readonly #choices: ChoiceKeeper;
  #isOver = false;

  private constructor(options: DeskOptions) {
    this.#options = options;
    const { choices, clock, hub, ice, push, times } = options;
    this.#choices = new ChoiceKeeper(clock, choices);
    this.#owner = {
      clock,
      ice,
      ...push && { push },
      times: { ...DESK_TIMES, ...times },
      presenceChanged: ({ name }) => this.#tellPresence(name),
      keepChoice: (...choice) => this.#choices.add(...choice),
      isChoiceStored: (account) => this.#choices.isStored(account),
      nameOf: (address) => this.#workspaces.at(address)?.account.displayName,
    };
    this.#workspaces = new Workspaces(this.#owner);
    this.#loading = new UntilDone(() => this.#loadChanged(), {
      clock,
      backoff: STORE_BACKOFF,
      onError: (error) =>
        log.error("Cannot read the accounts: {error}", { error }),
    });
    this.#listening = [
      hub.on("account-changed", ({ id }) => this.#reload(id)),
      hub.on("signed-out", ({ account }) => this.#renew(account)),
      hub.on("widget-saved", () => this.#tellAll("widgets-changed")),
      hub.on("widget-deleted", () => this.#tellAll("widgets-changed")),
      hub.on("callbacks-changed", () => this.#tellAll("callbacks-changed")),
    ];
  }

  /** Reads the accounts and their chosen presences. Rejects if that fails. */
  static async open(options: DeskOptions): Promise<DeskBank> {
    const bank = new DeskBank(options);
    await bank.#load();
    return bank;
  }

  /** True if an account has this address, so no other bank answers for it. */
  owns(address: string): boolean {
    return this.#workspaces.at(address) !== undefined;
  }

  /** Returns `undefined` if the account has no desk. */
  overview(account: string): WorkspaceOverview | undefined {
    return this.#workspaces.get(account)?.overview;
  }

  /** Resolves when all earlier changes of accounts are in effect. */
  settled(): Promise<void> {
    return this.#loading.settled();
  }

  /** True if nothing of the agent is here. */
  isUnused(account: string): boolean {
    return this.#workspaces.get(account)?.isUnused ?? true;
  }

  /** Says if the agent's devices can be notified while the desk is closed. Only
   * the home of the workspace may say so. */
  setReachable(account: string, isReachable: boolean): void {
    this.#workspaces.setReachable(account, isReachable);
    if (!isReachable) this.#workspaces.get(account)?.endUnseen();
  }

  /** Returns the agent's address; `undefined` if the account has no desk. */
  addressOf(account: string): string | undefined {
    return this.#workspaces.get(account)?.account.name;
  }

  /** True if the agent has a call here that can't move to another instance. */
  hasRinging(account: string): boolean {
    return Boolean(this.#workspaces.get(account)?.load.bound);
  }

  /** True if the agent has this call or chat here. */
  hasContact(address: string, id: string): boolean {
    return this.#workspaces.at(address)?.load.contacts.has(id) ?? false;
  }

  /** Another instance has the agent's workspace now, so the pages reconnect. */
  leave(account: string): void {
    this.#workspaces.get(account)?.closeAll(DESK_CLOSE.restart);
    // What rings moves to that instance.
    this.#workspaces.setReachable(account, false);
  }

  /** Takes over a socket whose handshake was authenticated as `account`. */
  accept(socket: Socket, account: Pick<Account, "id">): SocketEvents {
    const workspace = this.#workspaces.get(account.id);
    const isFull = (workspace?.load.pages ?? 0) >= DESK_LIMITS.pagesPerAccount;
    if (workspace === undefined || isFull || this.#isOver) {
      socket.close(workspace ? DESK_CLOSE.overload : DESK_CLOSE.signedOut);
      return { message: () => {}, closed: () => {} };
    }
    const { clock } = this.#options;
    return new DeskSocket(socket, { owner: workspace, clock });
  }

  async search(query: AgentQuery, signal: AbortSignal): Promise<AgentMatches> {
    await Promise.resolve(); // Notices an abort in the same turn.
    if (signal.aborted) {
      throw new DOMException("Search was aborted", "AbortError");
    }
    const accounts = this.#workspaces.all().map(({ account }) => account);
    return searchAgents(accounts, query);
  }

  watch(address: string, tell: (presence: Presence) => void): Disposable {
    const key = keyOf(address);
    return this.#watches.add(key, this.#presenceOf(key), tell);
  }

  /** Reports the presence of each agent who is not offline, then each change of
   * every agent, until disposed of. */
  watchAll(tell: (address: string, presence: Presence) => void): Disposable {
    for (const address of this.#workspaces.addresses()) {
      const presence = this.#presenceOf(address);
      if (presence !== "offline") tell(address, presence);
    }
    return this.#presences.on(
      "changed",
      ({ address, presence }) => tell(address, presence),
    );
  }

  dial(...[call, tell]: Given<"dial">): CallLeg {
    const found = this.#reach(call.address, "call");
    return typeof found === "number"
      ? unreachable(found, tell)
      : found.dial(call, tell);
  }

  resumeCall(...[call, ...rest]: Given<"resumeCall">): CallLeg | undefined {
    return this.#workspaces.at(call.address)?.resumeCall(call, ...rest);
  }

  openChat(...[chat, tell]: Given<"openChat">): ChatLeg {
    const found = this.#reach(chat.address, "chat");
    return typeof found === "number"
      ? unreachable(found, tell)
      : found.openChat(chat, tell);
  }

  resumeChat(...[chat, ...rest]: Given<"resumeChat">): ChatLeg | undefined {
    return this.#workspaces.at(chat.address)?.openChat(chat, ...rest);
  }

  /** Closes all desks with 1012, because the service stops or restarts. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    for (const listening of this.#listening) listening[Symbol.dispose]();
    this.#loading[Symbol.dispose]();
    await this.#loading.settled();
    for (const workspace of this.#workspaces.all()) workspace.dispose();
    await this.#choices[Symbol.asyncDispose]();
  }

  /** Returns the agents whose desk is closed and whose devices can be notified from
   * here. */
  notifiable(): Account[] {
    return this.#workspaces.notifiable();
  }

  /** Counts the agents by presence, as visitors see it. */
  presences(): Record<Presence, number> {
    return this.#workspaces.presences();
  }

  /** The password may have changed, which is not in the account, so the pages
   * reconnect in any case (D12). A removed role must not stay because the
   * store failed once. */
  #reload(changed: string): void {
    this.#changed.add(changed);
    this.#loading.run();
  }

  async #loadChanged(): Promise<void> {
    const changed = new Set(this.#changed);
    await this.#load(changed);
    for (const id of changed) this.#changed.delete(id);
  }

  async #load(changed: ReadonlySet<string> = new Set()): Promise<void> {
    const accounts = await this.#options.accounts.list();
    const agents = accounts.filter(({ roles }) => roles.includes("agent"));
    const choices = await Promise.all(
      agents.map(({ id }) => this.#options.choices.get(id)),
    );
    if (this.#isOver) return;
    const gone = new Set(
      this.#workspaces.all().map(({ account }) => account.id),
    );
    for (const [index, account] of agents.entries()) {
      gone.delete(account.id);
      const workspace = this.#workspaces.get(account.id);
      if (workspace === undefined) {
        this.#workspaces.add(account, choices[index] ?? "online");
      } else if (changed.has(account.id)) workspace.renew(account);
    }
    for (const id of gone) this.#remove(id);
    this.#index();
  }

  /** Returns the agent's workspace, or why nothing can ring there. */
  #reach(address: string, what: "call" | "chat"): Workspace | number {
    const workspace = this.#workspaces.at(address);
    if (workspace === undefined) return CAUSE.unallocated;
    return workspace.refusalOf(what) ?? workspace;
  }

  #remove(id: string): void {
    this.#workspaces.remove(id);
    this.#choices.forget(id);
  }

  /** Names may have changed, so watchers of an address learn who has it now. */
  #index(): void {
    for (const address of this.#workspaces.index()) {
      this.#tellPresence(address);
    }
  }

  #renew(id: string): void {
    const workspace = this.#workspaces.get(id);
    workspace?.renew(workspace.account);
  }

  /** Agents don't know the widget's earlier content, and for whom a callback rings,
   * so each of them looks (D32, D46). */
  #tellAll(type: "widgets-changed" | "callbacks-changed"): void {
    for (const workspace of this.#workspaces.all()) {
      workspace.toAll(() => ({ type }));
    }
  }

  #tellPresence(address: string): void {
    const key = keyOf(address);
    const presence = this.#presenceOf(key);
    this.#watches.tell(key, presence);
    this.#presences.tell("changed", { address: key, presence });
  }

  #presenceOf(key: string): Presence {
    return this.#workspaces.at(key)?.presence ?? "offline";
  }
}
