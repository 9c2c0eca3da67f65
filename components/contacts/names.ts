/** The parts of a widget that contacts show. */
export interface KnownWidget {
  uuid: string;
  name: string;
  agents: { address: string; name: string }[];
}

/** Names for the ids in records. */
export class Names {
  readonly #widgets: ReadonlyMap<string, string>;
  readonly #agents: ReadonlyMap<string, string>;

  constructor(widgets: readonly KnownWidget[]) {
    this.#widgets = new Map(widgets.map(({ uuid, name }) => [uuid, name]));
    this.#agents = new Map(
      widgets.flatMap(({ agents }) => agents)
        .filter(({ name }) => name !== "")
        .map(({ address, name }) => [address, name]),
    );
  }

  /** Undefined if the widget was deleted. */
  widget(uuid: string): string | undefined {
    return this.#widgets.get(uuid);
  }

  /** Returns the widget's name for the agent, or the address. */
  agent(address: string): string {
    return this.#agents.get(address) ?? address;
  }
}
