import type { Account } from "@/lib/model/account.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type { WidgetStore } from "@/lib/store/widget_store.ts";
import type { DeskState, DeskWidget } from "@/lib/protocol/admin/desk_state.ts";

/** As much of the desk's bank as an agent's own pages show. */
export interface DeskOverview {
  /** The presence that visitors see, and how many of them wait. `undefined` if
   * the account is not an agent. */
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

  state({ id }: Account): DeskState {
    return this.#desk.overview?.(id) ?? { presence: "offline", waiting: 0 };
  }

  /** The widgets that have a card for this agent. */
  async widgetsOf({ name }: Account): Promise<DeskWidget[]> {
    const widgets = await this.#widgets.overviews();
    return widgets
      .filter(({ agents }) =>
        agents.some(({ address }) => address.toLowerCase() === name)
      )
      .map(({ uuid, name }) => ({ uuid, name }));
  }
}
