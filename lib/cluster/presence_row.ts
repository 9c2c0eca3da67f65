import type { TellPresence } from "@/lib/model/presence.ts";
import { type AgentShown, OFFLINE } from "./agent_shown.ts";

export interface PresenceWatcher {
  shown: AgentShown;
  tell: TellPresence;
}

/** Everything about one address. */
export interface PresenceRow {
  readonly address: string;
  /** The state at each instance that has the agent; the newest claim last. */
  readonly claims: Map<string, AgentShown>;
  readonly watchers: Set<PresenceWatcher>;
  /** Notified when the agent is at another instance. */
  readonly followers: Set<(home: string | undefined) => void>;
  home: string | undefined;
  /** The stored home while several instances claim the agent. */
  conflict: { askedAt: number; home: string | undefined } | undefined;
}

export function newRow(address: string): PresenceRow {
  return {
    address,
    claims: new Map(),
    watchers: new Set(),
    followers: new Set(),
    home: undefined,
    conflict: undefined,
  };
}

/** Returns the instance that has the agent: the one with the workspace, then
 * this one, then the one that had the agent before, then the newest of those that
 * claim the agent and have not stopped. */
export function chooseHome(
  { conflict, home: before }: PresenceRow,
  living: readonly string[],
  own: string,
): string | undefined {
  const home = conflict?.home;
  if (home !== undefined && living.includes(home)) return home;
  if (living.includes(own)) return own;
  return living.find((id) => id === before) ?? living.at(-1);
}

/** Returns the state at the agent's instance, or at the one that the agent
 * leaves. */
export function shownOf({ claims, home }: PresenceRow): AgentShown {
  const id = home ?? [...claims.keys()].at(-1);
  return (id === undefined ? undefined : claims.get(id)) ?? OFFLINE;
}

export function isUnused(
  { claims, watchers, followers }: PresenceRow,
): boolean {
  return claims.size + watchers.size + followers.size === 0;
}
