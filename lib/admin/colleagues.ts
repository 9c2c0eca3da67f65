import type { AgentPort } from "@/lib/contact/ports.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type {
  Colleague,
  Colleagues,
  HandoverTeam,
} from "@/lib/protocol/admin/colleagues.ts";
import type { AccountStore } from "@/lib/store/account_store.ts";
import type { WidgetStore } from "@/lib/store/widget_store.ts";

/** Maximum number of colleagues in one answer; a search finds the others. */
const COLLEAGUES_MAX = 50;

export interface ColleagueListOptions {
  accounts: Pick<AccountStore, "list">;
  widgets: Pick<WidgetStore, "get">;
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
   * whose name or address contains `text`: at most COLLEAGUES_MAX, by name.
   * With a widget, the same for its teams. */
  async find(
    of: Pick<Account, "id" | "name">,
    { text, widget }: { text: string; widget?: string | undefined },
  ): Promise<Colleagues> {
    const wanted = text.trim().toLowerCase();
    const teams = widget === undefined
      ? []
      : await this.#teams(of, { wanted, widget });
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
      if (agents.length === COLLEAGUES_MAX) {
        return { agents, hasMore: true, teams };
      }
      agents.push({ address, name, presence });
    }
    return { agents, hasMore: false, teams };
  }

  async #teams(
    { name: own }: Pick<Account, "name">,
    { wanted, widget }: { wanted: string; widget: string },
  ): Promise<HandoverTeam[]> {
    const stored = await this.#options.widgets.get(widget);
    return (stored?.value.content.agents ?? [])
      .flatMap(({ address, name, team, inactive }) => {
        const isMeant = name.toLowerCase().includes(wanted) && !inactive;
        if (team === undefined || !isMeant) return [];
        const available = team.members.filter((member) =>
          member.toLowerCase() !== own.toLowerCase() &&
          this.#presenceOf(member) === "online"
        );
        return [{ address, name, available: available.length }];
      })
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  #presenceOf(address: string): Presence {
    let now: Presence = "offline";
    this.#options.agents
      .watch(address, (presence) => now = presence)[Symbol.dispose]();
    return now;
  }
}
