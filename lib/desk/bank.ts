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
import { Workspace } from "./workspace.ts";
import { searchAgents } from "./search.ts";
import { Watches } from "./watches.ts";

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
  /** By account id. */
  readonly #workspaces = new Map<string, Workspace>();
  /** By address: the lower-case sign-in name. */
  readonly #byAddress = new Map<string, Workspace>();
  readonly #listening: Disposable[];
  /** Ids of accounts that have changed since they were read. */
  readonly #changed = new Set<string>();
  readonly #loading: UntilDone;
  readonly #choices: ChoiceKeeper;
  #isOver = false;

  private constructor(options: DeskOptions) {
    this.#options = options;
    const { choices, clock, hub, ice, times } = options;
    this.#choices = new ChoiceKeeper(clock, choices);
    this.#owner = {
      clock,
      ice,
      times: { ...DESK_TIMES, ...times },
      presenceChanged: ({ name }) => this.#tellPresence(name),
      keepChoice: (...choice) => this.#choices.add(...choice),
      isChoiceStored: (account) => this.#choices.isStored(account),
    };
    this.#loading = new UntilDone(() => this.#loadChanged(), {
      clock,
      backoff: STORE_BACKOFF,
      onError: (error) =>
        log.error("Cannot read the accounts: {error}", { error }),
    });
    this.#listening = [
      hub.on("account-changed", ({ id }) => this.#reload(id)),
      hub.on("signed-out", ({ account }) => this.#renew(account)),
      hub.on("widget-saved", () => this.#tellWidgets()),
      hub.on("widget-deleted", () => this.#tellWidgets()),
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
    return this.#byAddress.has(keyOf(address));
  }

  /** Returns the data for the agent's own pages; `undefined` if the account has
   * no desk. */
  overview(
    account: string,
  ): { presence: Presence; waiting: number } | undefined {
    const workspace = this.#workspaces.get(account);
    return workspace &&
      { presence: workspace.presence, waiting: workspace.load.waiting };
  }

  /** Resolves when all earlier changes of accounts are in effect. */
  settled(): Promise<void> {
    return this.#loading.settled();
  }

  /** True if the agent has no page, call or chat here. */
  isUnused(account: string): boolean {
    const load = this.#workspaces.get(account)?.load;
    return !load || load.pages + load.contacts.size === 0;
  }

  /** True if the agent has a call here that can't move to another instance. */
  hasRinging(account: string): boolean {
    return Boolean(this.#workspaces.get(account)?.load.bound);
  }

  /** True if the agent has this call or chat here. */
  hasContact(address: string, id: string): boolean {
    return this.#at(address)?.load.contacts.has(id) ?? false;
  }

  /** Another instance has the agent's workspace now, so the pages reconnect. */
  leave(account: string): void {
    this.#workspaces.get(account)?.closeAll(DESK_CLOSE.restart);
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
    const workspaces = [...this.#workspaces.values()];
    return searchAgents(workspaces.map(({ account }) => account), query);
  }

  watch(address: string, tell: (presence: Presence) => void): Disposable {
    const key = keyOf(address);
    return this.#watches.add(key, this.#presenceOf(key), tell);
  }

  /** Reports the presence of each agent who is not offline, then each change of
   * every agent, until disposed of. */
  watchAll(tell: (address: string, presence: Presence) => void): Disposable {
    for (const address of this.#byAddress.keys()) {
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
    return this.#at(call.address)?.resumeCall(call, ...rest);
  }

  openChat(...[chat, tell]: Given<"openChat">): ChatLeg {
    const found = this.#reach(chat.address, "chat");
    return typeof found === "number"
      ? unreachable(found, tell)
      : found.openChat(chat, tell);
  }

  resumeChat(...[chat, ...rest]: Given<"resumeChat">): ChatLeg | undefined {
    return this.#at(chat.address)?.openChat(chat, ...rest);
  }

  /** Closes all desks with 1012, because the service stops or restarts. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    for (const listening of this.#listening) listening[Symbol.dispose]();
    this.#loading[Symbol.dispose]();
    await this.#loading.settled();
    for (const workspace of this.#workspaces.values()) workspace.dispose();
    await this.#choices[Symbol.asyncDispose]();
  }

  /** Counts the agents by presence, as visitors see it. */
  presences(): Record<Presence, number> {
    const counts = { online: 0, away: 0, busy: 0, dnd: 0, offline: 0 };
    for (const { presence } of this.#workspaces.values()) counts[presence]++;
    return counts;
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
    const gone = new Set(this.#workspaces.keys());
    for (const [index, account] of agents.entries()) {
      gone.delete(account.id);
      const workspace = this.#workspaces.get(account.id);
      if (workspace === undefined) {
        const choice = choices[index] ?? "online";
        this.#workspaces.set(
          account.id,
          new Workspace(account, choice, this.#owner),
        );
      } else if (changed.has(account.id)) workspace.renew(account);
    }
    for (const id of gone) this.#remove(id);
    this.#index();
  }

  #at(address: string): Workspace | undefined {
    return this.#byAddress.get(keyOf(address));
  }

  /** Returns the agent's workspace, or why nothing can ring there. */
  #reach(address: string, what: "call" | "chat"): Workspace | number {
    const workspace = this.#at(address);
    if (workspace === undefined) return CAUSE.unallocated;
    return workspace.refusalOf(what) ?? workspace;
  }

  #remove(id: string): void {
    const workspace = this.#workspaces.get(id);
    this.#workspaces.delete(id);
    workspace?.remove();
    this.#choices.forget(id);
  }

  /** Names may have changed, so watchers of an address learn who has it now. */
  #index(): void {
    const before = [...this.#byAddress.keys()];
    this.#byAddress.clear();
    for (const workspace of this.#workspaces.values()) {
      this.#byAddress.set(keyOf(workspace.account.name), workspace);
    }
    for (const address of [...before, ...this.#byAddress.keys()]) {
      this.#tellPresence(address);
    }
  }

  #renew(id: string): void {
    const workspace = this.#workspaces.get(id);
    workspace?.renew(workspace.account);
  }

  /** Agents don't know the widget's earlier content, so each of them looks
   * (D32). */
  #tellWidgets(): void {
    for (const workspace of this.#workspaces.values()) {
      workspace.toAll(() => ({ type: "widgets-changed" }));
    }
  }

  #tellPresence(address: string): void {
    const key = keyOf(address);
    const presence = this.#presenceOf(key);
    this.#watches.tell(key, presence);
    this.#presences.tell("changed", { address: key, presence });
  }

  #presenceOf(key: string): Presence {
    return this.#byAddress.get(key)?.presence ?? "offline";
  }
}

function keyOf(address: string): string {
  return address.toLowerCase();
}
