import { RecentMap } from "@/lib/base/recent_map.ts";
import type { AuditEntry, Change } from "@/lib/model/audit.ts";
import type { Topics } from "@/lib/model/topics.ts";

/** Entries whose ids are remembered, more than are read at a time. */
const IDS_MAX = 2_000;
/** Widgets and accounts with missing notifications that are remembered. */
const KEYS_MAX = 10_000;

/** An event about a change that the audit log has too. */
export type ChangeEvent = {
  [T in ChangeTopic]: { topic: T; event: Topics[T] };
}[ChangeTopic];

type ChangeTopic =
  | "widget-saved"
  | "widget-deleted"
  | "account-changed"
  | "blocks-changed";

/**
 * Compares the events that this instance was notified of with the audit log, which
 * has an entry for each. They are counted by widget and account, because an event
 * does not name its entry.
 */
export class ChangeCounts {
  readonly #seen = new RecentMap<true>(IDS_MAX);
  /** By key: events minus entries since the last comparison, if that is not 0. */
  readonly #counts = new RecentMap<number>(KEYS_MAX);
  #hasBegun = false;

  /** Counts an event. */
  add({ event }: ChangeEvent): void {
    this.#count(keyOf(event), 1);
  }

  /** Counts the entries that are new; all that exist at the first call are known.
   * Returns an event for each widget and account with more entries than
   * events. */
  missing(entries: readonly AuditEntry[]): ChangeEvent[] {
    const fresh = entries.filter(({ id }) => !this.#seen.has(id));
    for (const { id } of fresh) this.#seen.set(id, true);
    const isFirst = !this.#hasBegun;
    this.#hasBegun = true;
    const found = new Map<string, ChangeEvent>();
    for (const event of fresh.flatMap(({ change }) => eventOf(change) ?? [])) {
      const key = keyOf(event.event);
      this.#count(key, -1);
      if (!found.has(key)) found.set(key, event); // The newest one.
    }
    const lost = [...found].filter(([key]) => this.#of(key) < 0);
    // What was lost is found, and an event without an entry must hide no other.
    this.#counts.clear();
    return isFirst ? [] : lost.map(([, event]) => event);
  }

  #of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  #count(key: string, by: number): void {
    const count = this.#of(key) + by;
    if (count === 0) this.#counts.delete(key);
    else this.#counts.set(key, count);
  }
}

function keyOf(event: ChangeEvent["event"]): string {
  if ("uuid" in event) return `widget ${event.uuid}`;
  return "id" in event ? `account ${event.id}` : `block ${event.block}`;
}

/** Returns the event of a change; undefined if the hub has none for it. */
function eventOf(change: Change): ChangeEvent | undefined {
  switch (change.type) {
    case "widget-created": // Nothing can show it yet.
    case "pbx-password-saved":
    case "contacts-deleted":
    case "token-created": // Each request reads its token.
    case "token-revoked":
    case "saved-reply-created": // Desks read replies when they need them.
    case "saved-reply-saved":
    case "saved-reply-deleted":
      return undefined;
    case "widget-saved":
    case "widget-restored":
      return { topic: "widget-saved", event: { uuid: change.uuid } };
    case "widget-deleted":
      return { topic: "widget-deleted", event: { uuid: change.uuid } };
    case "person-created":
    case "person-saved":
    case "person-deleted":
      return { topic: "account-changed", event: { id: change.account } };
    case "visitor-blocked":
    case "visitor-unblocked":
      return { topic: "blocks-changed", event: { block: change.block } };
  }
}
