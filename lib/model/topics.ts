/**
 * Events between rooms, which go through the hub (lib/base/hub.ts) after the
 * store has acknowledged the change.
 */
export type Topics = {
  "widget-saved": { uuid: string };
  "widget-deleted": { uuid: string };
  /** An account was created, changed or deleted. If it was deleted or has a new
   * password, its sessions have ended. */
  "account-changed": { id: string };
  /** One signed-in session has ended (signed out, expired, revoked). */
  "signed-out": { account: string };
};
