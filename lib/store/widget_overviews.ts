import type { Author } from "@/lib/model/audit.ts";
import type { OpeningHours } from "@/lib/model/hours.ts";
import type { WidgetType, WidgetUuid } from "@/lib/model/widget.ts";
import { readable } from "./stored.ts";
import type { StoredWidget } from "./stored_widget.ts";

/** The parts of a widget that lists need. */
export interface WidgetOverview {
  uuid: WidgetUuid;
  type: WidgetType;
  revision: string;
  createdAt: number;
  updatedAt: number;
  version: number;
  by: Author;
  name: string;
  /** Name of the company; absent if none is given. */
  company?: string;
  hours?: OpeningHours;
  agents: AgentOverview[];
}

export interface AgentOverview {
  address: string;
  name: string;
  hours?: OpeningHours;
  /** Addresses of the members, if it is a team. */
  members?: readonly string[];
}

interface Source {
  list(): Promise<StoredWidget[]>;
  get(uuid: WidgetUuid): Promise<StoredWidget | undefined>;
}

/**
 * Overviews of all widgets, cached in memory because reading 500 widgets with
 * 100 agents each takes a third of a second. A store belongs to one process, so
 * only the widgets that this process has changed need to be read again.
 */
export class WidgetOverviews {
  readonly #source: Source;
  readonly #stale = new Set<WidgetUuid>();
  #all: Map<WidgetUuid, WidgetOverview> | undefined;
  /** The last read of changed widgets. */
  #reading: Promise<void> = Promise.resolve();

  constructor(source: Source) {
    this.#source = source;
  }

  /** Must be called when the widget was created, saved or deleted, or may have
   * been. */
  changed(uuid: WidgetUuid): void {
    this.#stale.add(uuid);
  }

  /** Returns all widgets, oldest first. */
  async list(): Promise<WidgetOverview[]> {
    const all = await this.#readAll();
    const before = this.#reading;
    this.#reading = this.#readStale(all, before);
    await this.#reading;
    return [...all.values()].sort((a, b) => a.createdAt - b.createdAt);
  }

  async #readAll(): Promise<Map<WidgetUuid, WidgetOverview>> {
    if (this.#all !== undefined) return this.#all;
    const widgets = (await this.#source.list()).map(overviewOf);
    return this.#all ??= new Map(widgets.map((each) => [each.uuid, each]));
  }

  /** Waits for `before`, because a widget that is being read is not stale any
   * more, but not in the map yet either. */
  async #readStale(
    all: Map<WidgetUuid, WidgetOverview>,
    before: Promise<void>,
  ): Promise<void> {
    await before.catch(() => {}); // Its list has thrown the error.
    for (const uuid of [...this.#stale]) await this.#readAgain(all, uuid);
  }

  async #readAgain(
    all: Map<WidgetUuid, WidgetOverview>,
    uuid: WidgetUuid,
  ): Promise<void> {
    this.#stale.delete(uuid);
    try {
      const widget = await readable(() => this.#source.get(uuid));
      if (widget === undefined) all.delete(uuid);
      else all.set(uuid, overviewOf(widget));
    } catch (error) {
      this.#stale.add(uuid);
      throw error;
    }
  }
}

function overviewOf(
  { revision, version, by, value }: StoredWidget,
): WidgetOverview {
  const { uuid, type, createdAt, updatedAt, content } = value;
  const { name, company, hours, agents } = content;
  return {
    ...{ uuid, type, revision, createdAt, updatedAt, version, by, name },
    ...company.name !== "" && { company: company.name },
    ...hours && { hours },
    agents: agents.map(({ address, name, hours, team }) => ({
      ...{ address, name },
      ...hours && { hours },
      ...team && { members: team.members },
    })),
  };
}

/** True if the user with this sign-in name is the agent, or a member of the
 * team. */
export function isReachedBy(
  { address, members = [] }: AgentOverview,
  name: string,
): boolean {
  return [address, ...members].some((one) => one.toLowerCase() === name);
}
