import type { Presence, TellPresence } from "@/lib/model/presence.ts";
import type { AgentPort } from "./ports.ts";

interface Row {
  presence: Presence;
  lacks: "chat" | undefined;
  readonly watchers: Set<TellPresence>;
  watch: Disposable;
}

/**
 * Presence for everybody who shows it: one watch of each address at its bank,
 * however many watch it here.
 */
export class PresenceBoard {
  readonly #agents: Pick<AgentPort, "watch">;
  readonly #rows = new Map<string, Row>();

  constructor(agents: Pick<AgentPort, "watch">) {
    this.#agents = agents;
  }

  /** Addresses that somebody watches. */
  get size(): number {
    return this.#rows.size;
  }

  /** As `AgentPort.watch`. */
  watch(address: string, tell: TellPresence): Disposable {
    const row = this.#rows.get(address) ?? this.#open(address);
    const watcher: TellPresence = (...said) => tell(...said);
    row.watchers.add(watcher);
    watcher(row.presence, row.lacks);
    return { [Symbol.dispose]: () => this.#leave(address, row, watcher) };
  }

  #open(address: string): Row {
    const row: Row = {
      presence: "offline",
      lacks: undefined,
      watchers: new Set(),
      watch: { [Symbol.dispose]: () => {} },
    };
    this.#rows.set(address, row);
    row.watch = this.#agents.watch(address, (presence, lacks) => {
      if (presence === row.presence && lacks === row.lacks) return;
      Object.assign(row, { presence, lacks });
      for (const watcher of [...row.watchers]) watcher(presence, lacks);
    });
    return row;
  }

  #leave(
    address: string,
    row: Row,
    watcher: TellPresence,
  ): void {
    if (!row.watchers.delete(watcher) || row.watchers.size > 0) return;
    row.watch[Symbol.dispose]();
    this.#rows.delete(address);
  }
}
