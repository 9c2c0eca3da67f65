import type { Clock } from "@/lib/base/clock.ts";
import { hoursOf, isTimeZone, stateAt } from "@/lib/hours/opening.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Presence } from "@/lib/model/presence.ts";
import {
  isReachedBy,
  type WidgetOverview,
} from "@/lib/store/widget_overviews.ts";
import type { WidgetStore } from "@/lib/store/widget_store.ts";
import type {
  DeskSummary,
  DeskWidget,
} from "@/lib/protocol/admin/desk_state.ts";
import type { Callbacks } from "./callbacks.ts";

/** The part of the desk's bank that an agent's own pages show. */
export interface DeskOverview {
  /** Returns the presence that visitors see, and the number of waiting
   * visitors. `undefined` if the account is not an agent. */
  overview(
    account: string,
  ): { presence: Presence; waiting: number } | undefined;
}

/** The desks of all instances of the service. */
export interface DesksElsewhere {
  /** Returns what this instance knows at once; undefined if the desk is here. */
  known(account: Account): DeskSummary | undefined;
  /** The same, as the desk itself says. */
  ask(account: Account): Promise<DeskSummary | undefined>;
}

export interface OwnDeskOptions {
  desk: Partial<DeskOverview>;
  /** Absent for a single process. */
  elsewhere?: DesksElsewhere | undefined;
  widgets: Pick<WidgetStore, "overviews">;
  callbacks: Pick<Callbacks, "countFor">;
  clock: Pick<Clock, "wall">;
}

/** An agent's own desk, for the pages of the admin and for the desk itself. */
export class OwnDesk {
  readonly #options: OwnDeskOptions;

  constructor(options: OwnDeskOptions) {
    this.#options = options;
  }

  /** Returns the state for a page that is drawn now, and asks later. */
  known(account: Account): DeskSummary {
    const { desk, elsewhere } = this.#options;
    return elsewhere?.known(account) ?? desk.overview?.(account.id) ??
      { presence: "offline", waiting: 0 };
  }

  /** Returns the state as it is now, with the callbacks that ring. */
  async state(account: Account): Promise<DeskSummary> {
    const { elsewhere, callbacks } = this.#options;
    const known = await elsewhere?.ask(account) ?? this.known(account);
    const rings = await callbacks.countFor(account);
    return { ...known, waiting: known.waiting + rings };
  }

  /** Returns the widgets with a card for this agent, or for a team of theirs. */
  async widgetsOf({ name }: Account): Promise<DeskWidget[]> {
    const { widgets, clock } = this.#options;
    const now = clock.wall();
    return (await widgets.overviews()).flatMap((widget) => {
      const own = widget.agents.find((agent) => isReachedBy(agent, name));
      return own === undefined ? [] : [deskWidget(widget, own, now)];
    });
  }
}

function deskWidget(
  widget: WidgetOverview,
  own: WidgetOverview["agents"][number],
  now: number,
): DeskWidget {
  const { uuid, name, company } = widget;
  const shown = { uuid, name, ...company !== undefined && { company } };
  const hours = hoursOf(widget, own);
  // Hours in an unknown time zone limit nothing.
  if (hours === undefined || !isTimeZone(hours.timeZone)) return shown;
  const { isOpen: open, ...change } = stateAt(hours, now);
  return { ...shown, hours: { open, ...change } };
}
