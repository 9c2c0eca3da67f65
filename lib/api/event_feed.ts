import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import { RecentMap } from "@/lib/base/recent_map.ts";
import type { Change } from "@/lib/model/audit.ts";
import type { AuditLog } from "@/lib/store/audit_log.ts";
import type { ContactRecordStore } from "@/lib/store/contact_record_store.ts";
import type { InquiryStore } from "@/lib/store/inquiry_store.ts";
import { sha256Hex } from "@/lib/store/sha256.ts";

const log = getLogger(["widgets", "api"]);

/** Time between two looks at the store. */
export const POLL_MS = 1_000;
/** Time by which another instance may store an event late, so that it is still
 * found. */
export const OVERLAP_MS = 60_000;
/** Maximum number of streams of a token, and of an instance. */
export const STREAMS_OF_TOKEN_MAX = 5;
export const STREAMS_MAX = 100;
/** Events that are remembered, so that none is sent twice. */
const SEEN_MAX = 20_000;
/** Audit entries that are read at a time. */
const ENTRIES_MAX = 500;

/** An event for programs. It names things, which the program reads with its other
 * scopes, so it contains no personal data. */
export interface ApiEvent {
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  type: string;
  data: Readonly<Record<string, string>>;
}

export interface EventFeedOptions {
  records: Pick<ContactRecordStore, "list">;
  inquiries: Pick<InquiryStore, "newest">;
  audit: Pick<AuditLog, "list">;
  clock: Clock;
}

type Tell = (event: ApiEvent) => void;

/**
 * The events of the whole service, read from the store, so that those of other
 * instances come too, and a program can continue after a disconnect. The store is
 * read only while a program listens, once for all of them.
 */
export class EventFeed {
  readonly #options: EventFeedOptions;
  readonly #listeners = new Map<Tell, string>();
  readonly #seen = new RecentMap<true>(SEEN_MAX);
  #timer: Disposable | undefined;
  /** Start of the last successful look. */
  #lookedAt = 0;
  #looking: Promise<void> | undefined;

  constructor(options: EventFeedOptions) {
    this.#options = options;
  }

  /** True if no further stream of this token can begin. */
  isFull(token: string): boolean {
    const own = [...this.#listeners.values()].filter((one) => one === token);
    return own.length >= STREAMS_OF_TOKEN_MAX ||
      this.#listeners.size >= STREAMS_MAX;
  }

  /** Tells all later events, each at least once, until disposed of. */
  async listen(token: string, tell: Tell): Promise<Disposable> {
    this.#listeners.set(tell, token);
    const ended = { [Symbol.dispose]: () => this.#end(tell) };
    try {
      if (this.#timer === undefined) await this.#start();
    } catch (error) {
      this.#end(tell);
      throw error;
    }
    return ended;
  }

  /** Returns the events since a time, oldest first. If there are more than
   * `limit`, it returns only some of them, but more than `limit`. */
  async since(from: number, limit = Infinity): Promise<ApiEvent[]> {
    const found = await Promise.all([
      this.#contacts(from, limit),
      this.#messages(from, limit),
      this.#changes(from, limit),
    ]);
    return found.flat().sort((one, other) => one.at - other.at);
  }

  /** Everything that is stored now is known. */
  async #start(): Promise<void> {
    const { clock } = this.#options;
    this.#timer = every(clock, POLL_MS, () => this.#look());
    const now = clock.wall();
    for (const { id } of await this.since(now - OVERLAP_MS)) {
      this.#seen.set(id, true);
    }
    this.#lookedAt = now;
  }

  #end(tell: Tell): void {
    this.#listeners.delete(tell);
    if (this.#listeners.size > 0) return;
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    this.#lookedAt = 0;
  }

  /** One look at a time; a slow store delays the next one. */
  #look(): void {
    if (this.#looking !== undefined || this.#lookedAt === 0) return;
    this.#looking = this.#tellNew()
      .catch((error) => {
        log.warn("Cannot read events: {error}", { error });
      })
      .finally(() => this.#looking = undefined);
  }

  async #tellNew(): Promise<void> {
    const now = this.#options.clock.wall();
    const events = await this.since(Math.min(this.#lookedAt, now) - OVERLAP_MS);
    if (this.#lookedAt === 0) return; // Nobody listens any more.
    this.#lookedAt = now;
    for (const event of events) {
      if (this.#seen.has(event.id)) continue;
      this.#seen.set(event.id, true);
      for (const tell of [...this.#listeners.keys()]) tell(event);
    }
  }

  async #contacts(from: number, limit: number): Promise<ApiEvent[]> {
    const span = { from: Math.max(0, from), to: Number.MAX_SAFE_INTEGER };
    const events: ApiEvent[] = [];
    for await (const record of this.#options.records.list(span)) {
      const { endedAt: at, id, widget } = record;
      const data = { contact: `${at}.${id}`, widget };
      events.push(eventOf(at, "contact-ended", data));
      if (events.length > limit) break;
    }
    return events;
  }

  async #messages(from: number, limit: number): Promise<ApiEvent[]> {
    const events: ApiEvent[] = [];
    for await (const { value } of this.#options.inquiries.newest()) {
      const { at, number, widget } = value;
      if (at < from || events.length > limit) break;
      events.push(eventOf(at, "message-received", { number, widget }));
    }
    return events;
  }

  async #changes(from: number, max: number): Promise<ApiEvent[]> {
    const events: ApiEvent[] = [];
    let after: { at: number; id: string } | undefined;
    for (;;) {
      const limit = ENTRIES_MAX;
      const entries = await this.#options.audit
        .list({ limit, ...after && { after } });
      for (const { at, id, change } of entries) {
        if (at < from || events.length > max) return events;
        const data = dataOf(change);
        if (data) events.push(eventOf(at, change.type, data, id));
      }
      after = entries.at(-1);
      if (entries.length < ENTRIES_MAX) return events;
    }
  }
}

function eventOf(
  at: number,
  type: string,
  data: ApiEvent["data"],
  key = JSON.stringify(data),
): ApiEvent {
  const hash = sha256Hex(`${type} ${key}`).slice(0, 16);
  return { id: `${at}-${hash}`, at, type, data };
}

/** Returns the thing that has changed; undefined if programs cannot read it. */
function dataOf(change: Change): ApiEvent["data"] | undefined {
  switch (change.type) {
    case "widget-created":
    case "widget-saved":
    case "widget-restored":
    case "widget-deleted":
      return { widget: change.uuid };
    case "person-created":
    case "person-saved":
    case "person-deleted":
      return { person: change.account };
    default:
      return undefined;
  }
}
