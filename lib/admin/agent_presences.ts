import type { AgentPort } from "@/lib/contact/ports.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type { AccountStore } from "@/lib/store/account_store.ts";
import type { ListPage, PageOptions } from "./widget_page.ts";

/** An agent at the desk, as visitors see them now. */
export interface DeskAgentPresence {
  address: string;
  name: string;
  presence: Presence;
}

export interface AgentPresencesOptions {
  accounts: Pick<AccountStore, "list">;
  /** The agents of all instances. */
  agents: Pick<AgentPort, "watch">;
}

/** The presence of the agents at the desk. */
export class AgentPresences {
  readonly #options: AgentPresencesOptions;

  constructor(options: AgentPresencesOptions) {
    this.#options = options;
  }

  /** Returns a page of all agents, in the order of their addresses. `after` is
   * the last address of the page before. */
  async page(
    { limit, after = "" }: PageOptions,
  ): Promise<ListPage<DeskAgentPresence>> {
    const rest = (await this.#options.accounts.list())
      .map(({ value }) => value)
      .filter(({ roles, name }) => roles.includes("agent") && name > after)
      .sort((one, other) => one.name < other.name ? -1 : 1);
    const items = rest.slice(0, limit)
      .map(({ name: address, displayName: name }) => ({
        ...{ address, name },
        presence: this.#presenceOf(address),
      }));
    const last = items.at(-1);
    if (last === undefined || rest.length <= limit) return { items };
    return { items, next: last.address };
  }

  /** A watch of the desk tells the current presence immediately. */
  #presenceOf(address: string): Presence {
    let now: Presence = "offline";
    this.#options.agents
      .watch(address, (presence) => now = presence)[Symbol.dispose]();
    return now;
  }
}
