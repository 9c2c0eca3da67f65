/** Limits that count the tries at all instances together. */
export const SHARED_LIMITS = [
  "sign-in-name",
  "sign-in-address",
  "my-apps-challenge",
  "my-apps-login",
  "pbx-login",
  "contact",
  "message",
] as const;
export type SharedLimit = typeof SHARED_LIMITS[number];

/** `forgive` removes one try of the key, because it succeeded, and `clear`
 * all. */
export const TRY_CHANGES = ["count", "forgive", "clear"] as const;

/** The contacts that wait at one instance for a team, in order. */
export interface QueueReport {
  /** The widget's uuid and the team's address. */
  team: string;
  /** The instance. */
  from: string;
  waiting: readonly QueuedContact[];
}

/** A contact in the order of its queue. */
export interface QueuedContact {
  id: string;
  /** ms since 1970. */
  since: number;
}

/** A change of the tries that a limit counts. */
export interface Tried {
  limit: SharedLimit;
  key: string;
  change: typeof TRY_CHANGES[number];
}

/**
 * Events between rooms, which go through the hub (lib/base/hub.ts), those about a
 * change after the store has acknowledged it.
 */
export type Topics = {
  "widget-saved": { uuid: string };
  "widget-deleted": { uuid: string };
  /** An account was created, changed or deleted. If it was deleted or has a new
   * password, its sessions have ended. */
  "account-changed": { id: string };
  /** A visitor was blocked, or a block was ended. */
  "blocks-changed": { block: string };
  /** A callback rings, or was taken, or does not ring any more. */
  "callbacks-changed": { number: string };
  /** One signed-in session has ended (signed out, expired, revoked). */
  "signed-out": { account: string };
  /** The devices that are notified while an agent's desk is closed have changed.
   */
  "push-changed": { account: string };
  /** The limits count only what they hear here, so that each instance counts the
   * tries at all. A lost message is one try more. */
  "tried": Tried;
  /** The contacts that wait at one instance for a team. A lost message is
   * replaced by the next one some seconds later. */
  "team-queue": QueueReport;
};
