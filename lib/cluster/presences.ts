import type { Clock } from "@/lib/base/clock.ts";
import type { TellPresence } from "@/lib/model/presence.ts";
import type { BeaconReport } from "./member_report.ts";
import {
  chooseHome,
  isUnused,
  newRow,
  type PresenceRow,
  shownOf,
} from "./presence_row.ts";
import { type AgentShown, isSame, OFFLINE } from "./agent_shown.ts";

/** The ability of an instance to hand over calls (CLUSTER17). */
export const CALL_HANDOVER = "call-handover";

/** Time for which the agents of an instance that stops are still shown, so that
 * they can move to another one. */
const MOVE_MS = 3_000;
/** While two instances claim an agent, the workspace's home is read again
 * after this time. */
const ASK_AGAIN_MS = 1_000;

export interface PresencesOptions {
  /** This instance's id. */
  own: string;
  clock: Clock;
  /** Returns the home of this agent's workspace, as it is stored. It is asked
   * while several instances claim the agent. Returns undefined for an agent who
   * has no workspace. */
  homeOf?(address: string): Promise<string | undefined> | undefined;
}

/** Another instance, as its reports say. */
interface Reporter {
  readonly agents: Set<string>;
  wants: Set<string>;
  can: Set<string>;
  pbx: readonly string[];
  /** Set after its bye: the timer after which its agents are offline. */
  leaving?: Disposable;
}

/**
 * The presence of all agents at all instances. Each instance reports its own
 * agents; this class compares the reports (SPEC.md, Agents on other instances).
 */
export class Presences implements Disposable {
  readonly #options: PresencesOptions;
  readonly #rows = new Map<string, PresenceRow>();
  readonly #reporters = new Map<string, Reporter>();
  readonly #conflicts = new Set<PresenceRow>();

  constructor(options: PresencesOptions) {
    this.#options = options;
  }

  /** Calls `tell` with the agent's presence immediately and at each change,
   * until disposed of. */
  watch(address: string, tell: TellPresence): Disposable {
    const row = this.#row(address);
    const watcher = { shown: shownOf(row), tell };
    row.watchers.add(watcher);
    tell(watcher.shown.presence, watcher.shown.lacks);
    return this.#leaving(row, () => row.watchers.delete(watcher));
  }

  /** Calls `moved` with the agent's instance at each change, until disposed
   * of. */
  follow(
    address: string,
    moved: (home: string | undefined) => void,
  ): Disposable {
    const row = this.#row(address);
    const own = (home: string | undefined) => moved(home);
    row.followers.add(own);
    return this.#leaving(row, () => row.followers.delete(own));
  }

  /** Returns the instance that has the agent; undefined if the agent is offline
   * or moves at this moment. */
  homeOf(address: string): string | undefined {
    return this.#rows.get(address)?.home;
  }

  /** Sets the state of an agent at this instance. */
  setOwn(address: string, shown: AgentShown): void {
    this.#claim(this.#options.own, address, shown);
  }

  /** The other instances with a link of a PBX. */
  get linked(): string[] {
    return [...this.#reporters]
      .filter(([, { leaving, pbx }]) => !leaving && pbx.length > 0)
      .map(([id]) => id).sort();
  }

  /** True if the instance has this ability. */
  can(id: string, ability: string): boolean {
    return this.#reporters.get(id)?.can.has(ability) ?? false;
  }

  /** Returns the addresses that other instances want to know. */
  wanted(): Set<string> {
    const all = new Set<string>();
    for (const { wants } of this.#reporters.values()) {
      for (const address of wants) all.add(address);
    }
    return all;
  }

  /** Takes the whole report of another instance. */
  hear(id: string, report: BeaconReport): void {
    const { presences = {}, phones = [], pbx = [], wants = [] } = report;
    const { can = [] } = report;
    const reporter = this.#reporters.get(id) ?? this.#add(id);
    if (reporter.leaving !== undefined) return;
    reporter.pbx = pbx;
    reporter.can = new Set(can);
    reporter.wants = new Set(wants);
    const agents = new Map(Object.entries(presences));
    const lacksChat = new Set(phones);
    for (const address of [...reporter.agents]) {
      if (!agents.has(address)) this.#claim(id, address, OFFLINE);
    }
    for (const [address, presence] of agents) {
      const lacks = lacksChat.has(address) ? "chat" : undefined;
      this.#claim(id, address, { presence, lacks });
    }
    for (const row of this.#conflicts) this.#ask(row);
  }

  /** An instance stops on purpose: its agents are about to move. */
  bye(id: string): void {
    const reporter = this.#reporters.get(id);
    if (reporter === undefined || reporter.leaving) return;
    reporter.leaving = this.#options.clock.after(MOVE_MS, () => this.#gone(id));
    reporter.wants = new Set();
    for (const address of [...reporter.agents]) {
      this.#update(this.#row(address));
    }
  }

  /** An instance is dead, and its agents are offline. One that stops is gone
   * only after its agents had time to move. */
  dead(id: string): void {
    if (this.#reporters.get(id)?.leaving === undefined) this.#gone(id);
  }

  #gone(id: string): void {
    const reporter = this.#reporters.get(id);
    if (reporter === undefined) return;
    reporter.leaving?.[Symbol.dispose]();
    this.#reporters.delete(id);
    for (const address of reporter.agents) this.#claim(id, address, OFFLINE);
  }

  [Symbol.dispose](): void {
    for (const { leaving } of this.#reporters.values()) {
      leaving?.[Symbol.dispose]();
    }
  }

  #add(id: string): Reporter {
    const reporter: Reporter = {
      agents: new Set(),
      wants: new Set(),
      can: new Set(),
      pbx: [],
    };
    this.#reporters.set(id, reporter);
    return reporter;
  }

  #claim(id: string, address: string, shown: AgentShown): void {
    const agents = this.#reporters.get(id)?.agents;
    if (shown.presence === "offline") {
      agents?.delete(address);
      const row = this.#rows.get(address);
      if (row?.claims.delete(id)) this.#update(row);
      return;
    }
    agents?.add(address);
    const row = this.#row(address);
    if (isSame(row.claims.get(id) ?? OFFLINE, shown)) return;
    row.claims.set(id, shown);
    this.#update(row);
  }

  #update(row: PresenceRow): void {
    const living = [...row.claims.keys()].filter((id) => this.#isLiving(id));
    // An agent with a newer claim has moved, so the state at an instance that stops
    // has no meaning. With older ones only, the agent is still about to move.
    const newest = living.at(-1);
    for (const id of newest === undefined ? [] : row.claims.keys()) {
      if (id === newest) break;
      if (!living.includes(id)) this.#drop(row, id);
    }
    if (living.length > 1) this.#ask(row);
    else this.#settle(row);
    const home = chooseHome(row, living, this.#options.own);
    const isMoved = row.home !== home;
    row.home = home;
    this.#tell(row);
    for (const moved of isMoved ? [...row.followers] : []) moved(home);
    this.#clean(row);
  }

  #tell(row: PresenceRow): void {
    const shown = shownOf(row);
    for (const watcher of [...row.watchers]) {
      if (isSame(watcher.shown, shown)) continue;
      watcher.shown = shown;
      watcher.tell(shown.presence, shown.lacks);
    }
  }

  #ask(row: PresenceRow): void {
    const { homeOf, clock } = this.#options;
    const { conflict } = row;
    const now = clock.now();
    if (conflict && now - conflict.askedAt < ASK_AGAIN_MS) return;
    const answer = homeOf?.(row.address);
    if (answer === undefined) return;
    const asked = { askedAt: now, home: conflict?.home };
    row.conflict = asked;
    this.#conflicts.add(row);
    answer.then((home) => {
      if (row.conflict !== asked || home === asked.home) return;
      asked.home = home;
      this.#update(row);
    }, () => {}); // It is asked again.
  }

  #settle(row: PresenceRow): void {
    row.conflict = undefined;
    this.#conflicts.delete(row);
  }

  #drop(row: PresenceRow, id: string): void {
    row.claims.delete(id);
    this.#reporters.get(id)?.agents.delete(row.address);
  }

  #isLiving(id: string): boolean {
    return id === this.#options.own ||
      this.#reporters.get(id)?.leaving === undefined;
  }

  #row(address: string): PresenceRow {
    const row = this.#rows.get(address) ?? newRow(address);
    this.#rows.set(address, row);
    return row;
  }

  #leaving(row: PresenceRow, leave: () => void): Disposable {
    return {
      [Symbol.dispose]: () => {
        leave();
        this.#clean(row);
      },
    };
  }

  #clean(row: PresenceRow): void {
    const { address } = row;
    if (!isUnused(row) || this.#rows.get(address) !== row) return;
    this.#rows.delete(address);
  }
}
