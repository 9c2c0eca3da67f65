import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";

/** Who may sit at a desk: those of the accounts that have the role `agent`. */
export interface Accounts {
  list(): Promise<Account[]>;
}

/** The presence that an agent chose, kept across restarts, by account id. */
export interface PresenceChoices {
  get(account: string): Promise<Presence | undefined>;
  set(account: string, choice: Presence): Promise<void>;
}

export interface DeskOptions {
  accounts: Accounts;
  choices: PresenceChoices;
  hub: Hub<Topics>;
  clock: Clock;
  /** STUN and TURN for one call of this account, credentials made on demand. */
  ice(account: Account): Omit<IceConfig, "mt">;
  times?: Partial<DeskTimes>;
}

/** The bank, as a seat sees it. */
export interface SeatHost extends Pick<DeskOptions, "clock" | "ice"> {
  times: DeskTimes;
  /** Visitors may see another presence of this account. */
  presenceChanged(account: Account): void;
  /** Stores the choice: see ChoiceKeeper.add(). */
  keepChoice(
    account: string,
    choice: Presence,
    onStored: (isStored: boolean) => void,
  ): void;
}

/** The desk's waits, all in ms. */
export interface DeskTimes {
  /** A lost connection that is back by then is not noticed by visitors. */
  graceMs: number;
  /** How long running chats, and a running call of a page that lost its
   * connection, wait for the agent to come back. */
  keepMs: number;
  /** How long chats that ran when the service was killed wait for the agent. */
  restoredMs: number;
  /** A page must show a call or chat by then, or nobody is there. */
  alertMs: number;
  /** A call rings for so long, a chat waits for so long. */
  callRingMs: number;
  chatRingMs: number;
  /** From picking up to the SDP answer: permission, devices, candidates. */
  answerMs: number;
}

export const DESK_TIMES: DeskTimes = {
  graceMs: 3_000,
  keepMs: 60_000,
  restoredMs: 120_000,
  alertMs: 8_000,
  callRingMs: 60_000,
  chatRingMs: 300_000,
  answerMs: 45_000,
};
