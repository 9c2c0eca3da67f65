import type { Clock } from "@/lib/base/clock.ts";
import type { AgentPort } from "@/lib/contact/ports.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Agent } from "@/lib/model/agent.ts";
import type {
  Colleague,
  Colleagues,
  HandoverTeam,
} from "@/lib/protocol/admin/colleagues.ts";
import type { AccountStore } from "@/lib/store/account_store.ts";
import type { WidgetStore } from "@/lib/store/widget_store.ts";
import { readStates, type StatesNow } from "./agent_states.ts";

/** Maximum number of colleagues in one answer; a search finds the others. */
const COLLEAGUES_MAX = 50;

export interface ColleagueListOptions {
  accounts: Pick<AccountStore, "list">;
  widgets: Pick<WidgetStore, "get">;
  /** The agents of all instances. */
  agents: Pick<AgentPort, "watch">;
  clock: Pick<Clock, "after">;
}

/** The agents to whom an agent can hand a chat over. */
export class ColleagueList {
  readonly #options: ColleagueListOptions;

  constructor(options: ColleagueListOptions) {
    this.#options = options;
  }

  /** Returns the agents at the desk who are not offline, other than `of`, and
   * whose name or address contains `text`: at most COLLEAGUES_MAX, by name.
   * With a widget, the same for its teams and its agents at PBXs. */
  async find(
    of: Pick<Account, "id" | "name">,
    { text, widget }: { text: string; widget?: string | undefined },
  ): Promise<Colleagues> {
    const wanted = text.trim().toLowerCase();
    const accounts = (await this.#options.accounts.list())
      .map(({ value }) => value)
      .filter(({ roles }) => roles.includes("agent"));
    const atDesk = new Set(accounts.map(({ name }) => name.toLowerCase()));
    const cards = (await this.#cardsOf(widget))
      .filter(({ team, address }) => team || !atDesk.has(keyOf(address)));
    const colleagues = accounts
      .filter(({ id, name, displayName }) =>
        id !== of.id &&
        `${displayName.toLowerCase()}\n${name}`.includes(wanted)
      );
    const states = await readStates(
      [...colleagues.map(({ name }) => name), ...cards.flatMap(addressesOf)],
      {
        ...this.#options,
        isAtPbx: (address) => !atDesk.has(keyOf(address)),
      },
    );
    const found = cards.filter(({ name, address, team }) =>
      `${name}\n${team ? "" : address}`.toLowerCase().includes(wanted)
    );
    return {
      ...atDeskOf(colleagues, states),
      teams: teamsOf(found, { own: of.name, states }),
      atPbx: atPbxOf(found, states),
    };
  }

  /** Returns the cards of the widget to which a chat can be handed over. */
  async #cardsOf(widget: string | undefined): Promise<Agent[]> {
    if (widget === undefined) return [];
    const stored = await this.#options.widgets.get(widget);
    return (stored?.value.content.agents ?? []).filter((one) =>
      !one.inactive && (one.team || one.media.includes("chat"))
    );
  }
}

function atDeskOf(
  accounts: readonly Account[],
  states: StatesNow,
): Pick<Colleagues, "agents" | "hasMore"> {
  const all = accounts
    .map(({ name: address, displayName: name }): Colleague => ({
      ...{ address, name, presence: states.of(address).presence },
    }))
    .filter(({ presence }) => presence !== "offline")
    .sort(byName);
  const agents = all.slice(0, COLLEAGUES_MAX);
  return { agents, hasMore: all.length > agents.length };
}

function teamsOf(
  cards: readonly Agent[],
  { own, states }: { own: string; states: StatesNow },
): HandoverTeam[] {
  return cards
    .flatMap(({ address, name, team }) => {
      if (team === undefined) return [];
      const available = team.members.filter((member) =>
        keyOf(member) !== keyOf(own) &&
        states.of(member).presence === "online"
      );
      return [{ address, name, available: available.length }];
    })
    .sort(byName);
}

/** Returns those who take chats, as their cards show them to visitors. */
function atPbxOf(cards: readonly Agent[], states: StatesNow): Colleague[] {
  return cards
    .flatMap(({ address, name, team, boolean }) => {
      const isOff = boolean !== "" &&
        states.of(boolean).presence !== "online";
      const { presence, lacks } = states.of(address);
      if (team || isOff || lacks || presence === "offline") return [];
      return [{ address, name: name || address, presence }];
    })
    .sort(byName);
}

function addressesOf({ address, boolean, team }: Agent): string[] {
  if (team !== undefined) return team.members;
  return boolean === "" ? [address] : [address, boolean];
}

function keyOf(address: string): string {
  return address.toLowerCase();
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name);
}
