import type { Account } from "@/lib/model/account.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type { WidgetStore } from "@/lib/store/widget_store.ts";
import type {
  DeskSummary,
  DeskWidget,
} from "@/lib/protocol/admin/desk_state.ts";

/** The part of the desk's bank that an agent's own pages show. */
export interface DeskOverview {
  /** Returns the presence that visitors see, and the number of waiting
   * visitors. `undefined` if the account is not an agent. */
  overview(
    account: string,
  ): { presence: Presence; waiting: number } | undefined;
}

/** An agent's own desk, for the pages of the admin and for the desk itself. */
export class OwnDesk {
  readonly #desk: Partial<DeskOverview>;
  readonly #widgets: Pick<WidgetStore, "overviews">;

  constructor(
    desk: Partial<DeskOverview>,
    widgets: Pick<WidgetStore, "overviews">,
  ) {
    this.#desk = desk;
    this.#widgets = widgets;
  }

  state({ id }: Account): DeskSummary {
    return this.#desk.overview?.(id) ?? { presence: "offline", waiting: 0 };
  }

  /** Returns the widgets with a card for this agent. */
  async widgetsOf({ name }: Account): Promise<DeskWidget[]> {
    const widgets = await this.#widgets.overviews();
    return widgets
      .filter(({ agents }) =>
        agents.some(({ address }) => address.toLowerCase() === name)
      )
      .map(({ uuid, name }) => ({ uuid, name }));
  }
}
