/** Id of the agent who has opened the desk in this browser. */
const KEY = "desk-on";

/** True if this agent has opened the desk in this browser since they signed in,
 * so that all pages keep them reachable. */
export function isSwitchedOn(account: string): boolean {
  try {
    return localStorage.getItem(KEY) === account;
  } catch {
    return false; // The browser blocks all storage.
  }
}

/** The agent has opened the desk. */
export function switchOn(account: string): void {
  try {
    localStorage.setItem(KEY, account);
  } catch {
    // Only the desk's own page keeps the agent reachable.
  }
}

/** The agent signs out. */
export function switchOff(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was stored.
  }
}
