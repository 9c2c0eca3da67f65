import type { AgentPort } from "@/lib/contact/ports.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type { Colleague, Colleagues } from "@/lib/protocol/admin/colleagues.ts";
import type { AccountStore } from "@/lib/store/account_store.ts";

/** Maximum number of colleagues in one answer; a search finds the others. */
const COLLEAGUES_MAX = 50;

export interface ColleagueListOptions {
  accounts: Pick<AccountStore, "list">;
  /** The agents of all instances. */
  agents: Pick<AgentPort, "watch">;
}

/** The agents to whom an agent can hand a chat over. */
export class ColleagueList {
  readonly #options: ColleagueListOptions;

  constructor(options: ColleagueListOptions) {
    this.#options = options;
  }

  /** Returns the agents at the desk who are not offline, other than `of`, and
   * whose name or address contains `text`: at most COLLEAGUES_MAX, by name. */
  async find(of: Pick<Account, "id">, text: string): Promise<Colleagues> {
    const wanted = text.trim().toLowerCase();
    const found = (await this.#options.accounts.list())
      .map(({ value }) => value)
      .filter(({ id, roles, name, displayName }) =>
        id !== of.id && roles.includes("agent") &&
        `${displayName.toLowerCase()}\n${name}`.includes(wanted)
      )
      .sort((a, b) => a.displayName.localeCompare(b.displayName));
    const agents: Colleague[] = [];
    for (const { name: address, displayName: name } of found) {
      const presence = this.#presenceOf(address);
      if (presence === "offline") continue;
      if (agents.length === COLLEAGUES_MAX) return { agents, hasMore: true };
      agents.push({ address, name, presence });
    }
    return { agents, hasMore: false };
  }

  #presenceOf(address: string): Presence {
    let now: Presence = "offline";
    this.#options.agents
      .watch(address, (presence) => now = presence)[Symbol.dispose]();
    return now;
  }
}
