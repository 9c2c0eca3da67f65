/** A widget, as far as contacts name it. */
export interface KnownWidget {
  uuid: string;
  name: string;
  agents: { address: string; name: string }[];
}

/** Names for what records hold only the id of. */
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

  /** Undefined: the widget is deleted. */
  widget(uuid: string): string | undefined {
    return this.#widgets.get(uuid);
  }

  /** What a widget calls the agent, or else the address. */
  agent(address: string): string {
    return this.#agents.get(address) ?? address;
  }
}
