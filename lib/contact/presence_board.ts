import type { Clock } from "@/lib/base/clock.ts";
import type { Presence, TellPresence } from "@/lib/model/presence.ts";
import type { AgentPort } from "./ports.ts";

/**
 * Number of changes of an address that are sent immediately, and the time after
 * which one more is. A person changes less often; the changes of a script are
 * merged.
 */
const CHANGES_IMMEDIATE = 4;
const CHANGE_EVERY_MS = 500;

interface State {
  presence: Presence;
  lacks: "chat" | undefined;
}

interface Row {
  /** The state that the watchers received. */
  shown: State;
  /** The last state from the bank. */
  newest: State;
  readonly watchers: Set<TellPresence>;
  watch: Disposable;
  /** Time at which CHANGES_IMMEDIATE changes are allowed again. */
  calmAt: number;
  /** Timer for sending `newest`. */
  timer: Disposable | undefined;
}

const OFFLINE: State = { presence: "offline", lacks: undefined };

/**
 * Shares presence between watchers: one watch of each address at its bank,
 * however many watchers there are. Changes that follow each other quickly are
 * merged (AGENT9).
 */
export class PresenceBoard {
  readonly #agents: Pick<AgentPort, "watch">;
  readonly #clock: Clock;
  readonly #rows = new Map<string, Row>();

  constructor(agents: Pick<AgentPort, "watch">, clock: Clock) {
    this.#agents = agents;
    this.#clock = clock;
  }

  /** Number of watched addresses. */
  get size(): number {
    return this.#rows.size;
  }

  /** As `AgentPort.watch`. */
  watch(address: string, tell: TellPresence): Disposable {
    const row = this.#rows.get(address) ?? this.#open(address);
    const watcher: TellPresence = (...said) => tell(...said);
    row.watchers.add(watcher);
    watcher(row.shown.presence, row.shown.lacks);
    return { [Symbol.dispose]: () => this.#leave(address, row, watcher) };
  }

  #open(address: string): Row {
    const row: Row = {
      shown: OFFLINE,
      newest: OFFLINE,
      watchers: new Set(),
      watch: { [Symbol.dispose]: () => {} },
      calmAt: 0,
      timer: undefined,
    };
    this.#rows.set(address, row);
    row.watch = this.#agents.watch(address, (presence, lacks) => {
      row.newest = { presence, lacks };
      if (row.watchers.size === 0) row.shown = row.newest; // The first answer.
      else this.#tellInTime(row);
    });
    return row;
  }

  #tellInTime(row: Row): void {
    if (row.timer !== undefined || isShown(row)) return;
    const tellAt = row.calmAt - (CHANGES_IMMEDIATE - 1) * CHANGE_EVERY_MS;
    const waitMs = tellAt - this.#clock.now();
    if (waitMs <= 0) return this.#tell(row);
    row.timer = this.#clock.after(waitMs, () => {
      row.timer = undefined;
      if (!isShown(row)) this.#tell(row);
    });
  }

  #tell(row: Row): void {
    row.calmAt = Math.max(row.calmAt, this.#clock.now()) + CHANGE_EVERY_MS;
    row.shown = row.newest;
    const { presence, lacks } = row.shown;
    for (const watcher of [...row.watchers]) watcher(presence, lacks);
  }

  #leave(
    address: string,
    row: Row,
    watcher: TellPresence,
  ): void {
    if (!row.watchers.delete(watcher) || row.watchers.size > 0) return;
    row.timer?.[Symbol.dispose]();
    row.watch[Symbol.dispose]();
    this.#rows.delete(address);
  }
}

function isShown({ shown, newest }: Row): boolean {
  return shown.presence === newest.presence && shown.lacks === newest.lacks;
}
