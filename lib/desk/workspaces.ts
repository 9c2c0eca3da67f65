import type { Account } from "@/lib/model/account.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type { WorkspaceOwner } from "./ports.ts";
import { Workspace } from "./workspace.ts";

/** The workspaces of all agents. */
export class Workspaces {
  readonly #owner: WorkspaceOwner;
  /** By account id. */
  readonly #byId = new Map<string, Workspace>();
  /** By address: the lower-case sign-in name. */
  readonly #byAddress = new Map<string, Workspace>();
  /** Ids of accounts whose agents have a device that can be notified, also of
   * those that are about to be added. */
  readonly #reachable = new Set<string>();

  constructor(owner: WorkspaceOwner) {
    this.#owner = owner;
  }

  get(account: string): Workspace | undefined {
    return this.#byId.get(account);
  }

  at(address: string): Workspace | undefined {
    return this.#byAddress.get(keyOf(address));
  }

  /** Returns all workspaces. */
  all(): Workspace[] {
    return [...this.#byId.values()];
  }

  add(account: Account, choice: Presence): void {
    const workspace = new Workspace(account, choice, this.#owner);
    workspace.setReachable(this.#reachable.has(account.id));
    this.#byId.set(account.id, workspace);
  }

  /** Ends everything in the workspace of a deleted account. */
  remove(account: string): void {
    const workspace = this.#byId.get(account);
    this.#byId.delete(account);
    workspace?.remove();
  }

  /** Finds out who has which address now. Returns all addresses, earlier ones
   * included. */
  index(): string[] {
    const before = this.addresses();
    this.#byAddress.clear();
    for (const workspace of this.#byId.values()) {
      this.#byAddress.set(keyOf(workspace.account.name), workspace);
    }
    return [...before, ...this.addresses()];
  }

  addresses(): string[] {
    return [...this.#byAddress.keys()];
  }

  /** Says if the agent's devices can be notified from here. */
  setReachable(account: string, isReachable: boolean): void {
    if (isReachable) this.#reachable.add(account);
    else this.#reachable.delete(account);
    this.#byId.get(account)?.setReachable(isReachable);
  }

  /** Returns the agents who are online without a page, so only their devices can
   * be notified from here. */
  notifiable(): Account[] {
    return this.all()
      .filter(({ presence, load }) => presence === "online" && load.pages === 0)
      .map(({ account }) => account);
  }

  /** Counts the agents by presence, as visitors see it. */
  presences(): Record<Presence, number> {
    const counts = { online: 0, away: 0, busy: 0, dnd: 0, offline: 0 };
    for (const { presence } of this.#byId.values()) counts[presence]++;
    return counts;
  }
}

/** Returns the form in which addresses are compared. */
export function keyOf(address: string): string {
  return address.toLowerCase();
}
