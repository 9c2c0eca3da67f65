/**
 * What rooms tell each other through the hub (lib/base/hub.ts), told after the
 * store has acknowledged the change.
 */
export type Topics = {
  "widget-saved": { uuid: string };
  "widget-deleted": { uuid: string };
  /** An account was made, changed or deleted; sessions of a deleted one, or of
   * one with a new password, have ended. */
  "account-changed": { id: string };
  /** One signed-in session has ended (signed out, expired, revoked). */
  "signed-out": { account: string };
};
