import type { Presence } from "@/lib/model/presence.ts";
import type { AgentPort } from "./ports.ts";

interface Row {
  presence: Presence;
  readonly watchers: Set<(presence: Presence) => void>;
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
  watch(address: string, tell: (presence: Presence) => void): Disposable {
    const row = this.#rows.get(address) ?? this.#open(address);
    const watcher = (presence: Presence) => tell(presence);
    row.watchers.add(watcher);
    watcher(row.presence);
    return { [Symbol.dispose]: () => this.#leave(address, row, watcher) };
  }

  #open(address: string): Row {
    const row: Row = {
      presence: "offline",
      watchers: new Set(),
      watch: { [Symbol.dispose]: () => {} },
    };
    this.#rows.set(address, row);
    row.watch = this.#agents.watch(address, (presence) => {
      if (presence === row.presence) return;
      row.presence = presence;
      for (const watcher of [...row.watchers]) watcher(presence);
    });
    return row;
  }

  #leave(
    address: string,
    row: Row,
    watcher: (presence: Presence) => void,
  ): void {
    if (!row.watchers.delete(watcher) || row.watchers.size > 0) return;
    row.watch[Symbol.dispose]();
    this.#rows.delete(address);
  }
}
