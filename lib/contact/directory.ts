import { CAUSE } from "@/lib/base/causes.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import type { Presence, TellPresence } from "@/lib/model/presence.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type {
  AgentPort,
  CallBefore,
  CallEvent,
  CallLeg,
  ChatBefore,
  ChatEvent,
  ChatLeg,
  OutgoingCall,
  OutgoingChat,
} from "./ports.ts";
import { unreachable } from "./unreachable.ts";

/**
 * Number of changes of an address that are sent immediately, and the time after
 * which one more is. A person changes less often; the changes of a script are
 * merged.
 */
const CHANGES_IMMEDIATE = 4;
const CHANGE_EVERY_MS = 500;

/** A bank that knows its own addresses: the desk. */
export interface OwningPort extends AgentPort {
  owns(address: string): boolean;
  /** Resolves when `owns` reflects all earlier events of the hub. */
  settled(): Promise<void>;
}

export interface DirectoryOptions {
  desk: OwningPort;
  /** The bank for all other addresses, if there is one. */
  pbx?: AgentPort;
  hub: Hub<Topics>;
  clock: Clock;
  /** Measures how long it takes to tell all watchers of a change. */
  fanOut?: { startTimer(): () => void };
}

interface State {
  presence: Presence;
  lacks: "chat" | undefined;
}

/** A watched address. */
interface Row {
  readonly address: string;
  readonly watchers: Set<TellPresence>;
  bank: AgentPort;
  /** The watch at the bank. */
  watch: Disposable;
  /** The state that the watchers received. */
  shown: State;
  /** The last state from the bank. */
  newest: State;
  /** Time at which CHANGES_IMMEDIATE changes are allowed again. */
  calmAt: number;
  /** Timer for sending `newest`. */
  timer: Disposable | undefined;
}

const OFFLINE: State = { presence: "offline", lacks: undefined };
const NOTHING: Disposable = { [Symbol.dispose]: () => {} };

/**
 * Combines all banks of agents: an address belongs to the desk if it is the
 * address of an account, otherwise to the PBX. All watchers of an address share
 * one watch at its bank, which moves when accounts change. Changes that follow
 * each other quickly are merged (AGENT9).
 */
export class Directory implements AgentPort, Disposable {
  readonly #desk: OwningPort;
  readonly #pbx: AgentPort;
  readonly #clock: Clock;
  readonly #fanOut: DirectoryOptions["fanOut"];
  /** By address. */
  readonly #rows = new Map<string, Row>();
  readonly #listening: Disposable;

  constructor({ desk, pbx = NOBODY, hub, clock, fanOut }: DirectoryOptions) {
    this.#desk = desk;
    this.#pbx = pbx;
    this.#clock = clock;
    this.#fanOut = fanOut;
    this.#listening = hub.on("account-changed", () => void this.#follow());
  }

  /** Returns the number of watched addresses by the presence that their
   * watchers received. */
  presences(): Record<Presence, number> {
    const count = { online: 0, away: 0, busy: 0, dnd: 0, offline: 0 };
    for (const { shown } of this.#rows.values()) count[shown.presence]++;
    return count;
  }

  watch(address: string, tell: TellPresence): Disposable {
    const row = this.#rows.get(address) ?? this.#open(address);
    const watcher: TellPresence = (...said) => tell(...said);
    row.watchers.add(watcher);
    watcher(row.shown.presence, row.shown.lacks);
    return { [Symbol.dispose]: () => this.#leave(row, watcher) };
  }

  dial(call: OutgoingCall, tell: (event: CallEvent) => void): CallLeg {
    return this.#bankOf(call.address).dial(call, tell);
  }

  resumeCall(
    call: OutgoingCall,
    tell: (event: CallEvent) => void,
    before: CallBefore,
  ): CallLeg | undefined {
    return this.#bankOf(call.address).resumeCall?.(call, tell, before);
  }

  openChat(chat: OutgoingChat, tell: (event: ChatEvent) => void): ChatLeg {
    return this.#bankOf(chat.address).openChat(chat, tell);
  }

  resumeChat(
    chat: OutgoingChat,
    tell: (event: ChatEvent) => void,
    before: ChatBefore,
  ): ChatLeg | undefined {
    return this.#bankOf(chat.address).resumeChat?.(chat, tell, before);
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
    for (const row of this.#rows.values()) this.#close(row);
  }

  #bankOf(address: string): AgentPort {
    return this.#desk.owns(address) ? this.#desk : this.#pbx;
  }

  async #follow(): Promise<void> {
    await this.#desk.settled();
    for (const row of this.#rows.values()) {
      const bank = this.#bankOf(row.address);
      if (bank !== row.bank) this.#watchAt(bank, row);
    }
  }

  #open(address: string): Row {
    const row: Row = {
      address,
      watchers: new Set(),
      bank: this.#bankOf(address),
      watch: NOTHING,
      shown: OFFLINE,
      newest: OFFLINE,
      calmAt: 0,
      timer: undefined,
    };
    this.#rows.set(address, row);
    this.#watchAt(row.bank, row);
    return row;
  }

  /** Watches at `bank`, and no longer at the previous one. */
  #watchAt(bank: AgentPort, row: Row): void {
    row.watch[Symbol.dispose]();
    row.bank = bank;
    row.watch = bank.watch(row.address, (presence, lacks) => {
      row.newest = { presence, lacks };
      if (row.watchers.size === 0) row.shown = row.newest; // The first answer.
      else this.#tellInTime(row);
    });
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
    const stopTimer = this.#fanOut?.startTimer();
    for (const watcher of [...row.watchers]) watcher(presence, lacks);
    stopTimer?.();
  }

  #leave(row: Row, watcher: TellPresence): void {
    if (row.watchers.delete(watcher) && row.watchers.size === 0) {
      this.#close(row);
    }
  }

  #close(row: Row): void {
    row.timer?.[Symbol.dispose]();
    row.watch[Symbol.dispose]();
    this.#rows.delete(row.address);
  }
}

function isShown({ shown, newest }: Row): boolean {
  return shown.presence === newest.presence && shown.lacks === newest.lacks;
}

/** The PBX of a service without a PBX. */
const NOBODY: AgentPort = {
  watch(_address, tell) {
    tell("offline");
    return NOTHING;
  },
  dial: (_call, tell) => unreachable(CAUSE.unallocated, tell),
  openChat: (_chat, tell) => unreachable(CAUSE.unallocated, tell),
};
