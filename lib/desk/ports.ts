import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import type { Account } from "@/lib/model/account.ts";
import type { IceServers } from "@/lib/model/ice_servers.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type { Topics } from "@/lib/model/topics.ts";

/** The accounts, of which those with the role `agent` have a desk. */
export interface Accounts {
  list(): Promise<Account[]>;
}

/** The presences that agents chose, stored across restarts, by account id. */
export interface PresenceChoices {
  get(account: string): Promise<Presence | undefined>;
  set(account: string, choice: Presence): Promise<void>;
}

/** Notifies the devices of an agent whose desk is closed. Neither method
 * rejects. */
export interface DeskPush {
  /** Returns true if a device is notified. A repetition notifies none again. */
  ring(
    account: string,
    contact: { id: string; kind: "call" | "chat" },
  ): Promise<boolean>;
  /** The contact no longer rings. */
  over(contact: string): Promise<void>;
}

export interface DeskOptions {
  accounts: Accounts;
  choices: PresenceChoices;
  hub: Hub<Topics>;
  clock: Clock;
  /** Returns STUN and TURN for one call of this account, with new
   * credentials. */
  ice(account: Account): IceServers;
  /** Absent if agents are never notified while their desk is closed. */
  push?: DeskPush;
  times?: Partial<DeskTimes>;
}

/** The bank, as a workspace uses it. */
export interface WorkspaceOwner
  extends Pick<DeskOptions, "clock" | "ice" | "push"> {
  times: DeskTimes;
  /** Visitors may see another presence of this account. */
  presenceChanged(account: Account): void;
  /** Stores the choice; see ChoiceKeeper.add(). */
  keepChoice(
    account: string,
    choice: Presence,
    onStored: (isStored: boolean) => void,
  ): void;
  /** Returns the name of the agent with this address, if there is one. */
  nameOf(address: string): string | undefined;
  /** False while the choice of this account waits for the store to work. */
  isChoiceStored(account: string): boolean;
}

/** The timeouts of the desk, all in ms. */
export interface DeskTimes {
  /**
   * A connection that is lost for less than this is not noticed by visitors.
   */
  graceMs: number;
  /** The same for a page that another one follows in its tab, which has to be
   * loaded first. */
  moveMs: number;
  /** Time for which running chats, and a running call of a page that lost its
   * connection, wait for the agent. */
  keepMs: number;
  /** Time for which chats wait for the agent after the service was killed. */
  restoredMs: number;
  /** A page must show a call or chat within this time; otherwise the agent
   * counts as absent. */
  alertMs: number;
  /** If no page shows a call or chat within this time, the agent's devices are
   * notified. */
  unseenMs: number;
  /** Time for which a call rings, and a chat waits. */
  callRingMs: number;
  chatRingMs: number;
  /** A handover that the bridge has not answered by then has failed. */
  handoverMs: number;
  /** The same for a call, whose colleague has to allow the microphone. */
  callHandoverMs: number;
  /** Time for which a call rings at an agent whose desk is closed. */
  pushRingMs: number;
  /**
   * Time from picking up to the SDP answer: permission, devices, candidates.
   */
  answerMs: number;
}

export const DESK_TIMES: DeskTimes = {
  graceMs: 3_000,
  moveMs: 8_000,
  keepMs: 60_000,
  restoredMs: 120_000,
  alertMs: 8_000,
  unseenMs: 4_000,
  callRingMs: 60_000,
  chatRingMs: 300_000,
  handoverMs: 30_000,
  callHandoverMs: 60_000,
  pushRingMs: 90_000,
  answerMs: 45_000,
};
