import type { Clock } from "@/lib/base/clock.ts";
import type {
  AgentFinder,
  AgentMatches as PortPage,
} from "@/lib/contact/ports.ts";
import type { AgentPage } from "@/lib/protocol/admin/messages.ts";
import type { AccountStore } from "@/lib/store/account_store.ts";

type Source = "desk" | "pbx";

const PAGE_AGENTS = 50;
/** A PBX that does not answer within this time counts as offline. */
const PBX_WITHIN_MS = 5_000;

/** Finds possible agents: desk accounts, then the users of a PBX. */
export class AgentSearch {
  readonly #desk: AgentFinder;
  readonly #pbx: AgentFinder | undefined;
  readonly #accounts: Pick<AccountStore, "getByName">;
  readonly #clock: Clock;

  constructor({ desk, pbx, accounts, clock }: {
    desk: AgentFinder;
    pbx?: AgentFinder;
    accounts: Pick<AccountStore, "getByName">;
    clock: Clock;
  }) {
    this.#clock = clock;
    this.#desk = desk;
    this.#pbx = pbx;
    this.#accounts = accounts;
  }

  /**
   * Returns one page of agents whose name or address contains `text`. `after`
   * is the `next` of the previous page; an invalid one starts again.
   */
  async find(
    text: string,
    after: string | undefined,
    signal: AbortSignal,
  ): Promise<AgentPage> {
    const [source, cursor] = split(after);
    if (source === "pbx") return await this.#findPbx(text, cursor, signal);
    const query = { text, limit: PAGE_AGENTS, ...cursor };
    const found = await this.#desk.search(query, signal);
    const desk = await this.#withPictures(view("desk", found));
    if (desk.next !== undefined) return desk;
    const pbx = await this.#findPbx(text, {}, signal);
    return { ...pbx, agents: [...desk.agents, ...pbx.agents] };
  }

  async #findPbx(
    text: string,
    cursor: { after?: string },
    signal: AbortSignal,
  ): Promise<AgentPage> {
    if (this.#pbx === undefined) return { agents: [] };
    const query = { text, limit: PAGE_AGENTS, ...cursor };
    const late = new AbortController();
    using _timer = this.#clock.after(PBX_WITHIN_MS, () => late.abort());
    try {
      const found = await this.#pbx
        .search(query, AbortSignal.any([signal, late.signal]));
      return await this.#withoutDesk(view("pbx", found));
    } catch (error) {
      if (!late.signal.aborted || signal.aborted) throw error;
      return { agents: [], notice: "pbx-offline" };
    }
  }

  /** Adds the pictures from the users' own accounts. */
  async #withPictures(page: AgentPage): Promise<AgentPage> {
    const agents = await Promise.all(page.agents.map(async (agent) => {
      const account = await this.#accounts.getByName(agent.address);
      const picture = account?.value.picture;
      return picture === undefined ? agent : { ...agent, picture };
    }));
    return { ...page, agents };
  }

  /** An address belongs to the desk if it is the address of an account. */
  async #withoutDesk(page: AgentPage): Promise<AgentPage> {
    const accounts = await Promise.all(
      page.agents.map(({ address }) =>
        this.#accounts.getByName(address.toLowerCase())
      ),
    );
    const agents = page.agents.filter((_, n) => accounts[n] === undefined);
    return { ...page, agents };
  }
}

/** Converts a page of one source for the protocol; `next` includes the
 * source. */
function view(source: Source, { agents, next, notice }: PortPage): AgentPage {
  return {
    agents: agents.map((agent) => ({ ...agent, source })),
    ...next === undefined ? {} : { next: `${source}:${next}` },
    ...notice === undefined ? {} : { notice: `pbx-${notice}` },
  };
}

function split(after = ""): [Source, { after?: string }] {
  const [, source, cursor] = /^(desk|pbx):(.*)$/s.exec(after) ?? [];
  if (cursor === undefined) return ["desk", {}];
  return [source === "pbx" ? "pbx" : "desk", { after: cursor }];
}
