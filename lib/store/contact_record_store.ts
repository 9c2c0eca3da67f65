import type { Clock } from "@/lib/base/clock.ts";
import type { Author } from "@/lib/model/audit.ts";
import { ContactRecord } from "@/lib/model/contact_record.ts";
import type { WidgetUuid } from "@/lib/model/widget.ts";
import { AuditLog } from "./audit_log.ts";
import { pointedEntries } from "./pointed_entries.ts";
import type { StoreCommit, StoreEngine, StoreRange } from "./store_engine.ts";
import { decode, get, has, list, readable } from "./stored.ts";

const key = {
  one: (endedAt: number, id: string) => ["contact_record", endedAt, id],
  range: (from: number, to: number) => ({
    start: ["contact_record", from],
    end: ["contact_record", to],
  }),
  byWidget: (widget: WidgetUuid, endedAt: number, id: string) => [
    "contact_record_by_widget",
    widget,
    endedAt,
    id,
  ],
  rangeOfWidget: (widget: WidgetUuid, from: number, to: number) => ({
    start: ["contact_record_by_widget", widget, from],
    end: ["contact_record_by_widget", widget, to],
  }),
  byVisit: (visit: string, endedAt: number, id: string) => [
    "contact_record_by_visit",
    visit,
    endedAt,
    id,
  ],
  ofVisit: (visit: string) => ({
    prefix: ["contact_record_by_visit", visit],
  }),
};

/** A commit of Deno KV can have 1,000 changes; a record takes three of them. */
const DELETED_AT_ONCE = 200;

/** The position of a record. */
export type RecordPlace = Pick<ContactRecord, "endedAt" | "id">;

/** A time span: from `from`, up to but not including `to`, in ms since 1970. */
export interface Span {
  from: number;
  to: number;
}

/** The contact records by the time they ended. */
export class ContactRecordStore {
  readonly #kv: StoreEngine;
  readonly #audit: AuditLog;

  constructor(kv: StoreEngine, clock: Pick<Clock, "now">) {
    this.#kv = kv;
    this.#audit = new AuditLog(kv, clock);
  }

  /** Stores a record. Adding it twice has no effect. */
  async add(record: ContactRecord): Promise<void> {
    const { widget, visit, endedAt, id } = record;
    const commit = this.#kv.atomic()
      .set(key.one(endedAt, id), record)
      .set(key.byWidget(widget, endedAt, id), id);
    if (visit !== undefined) commit.set(key.byVisit(visit, endedAt, id), id);
    await commit.commit();
  }

  async get({ endedAt, id }: RecordPlace): Promise<ContactRecord | undefined> {
    return (await get(this.#kv, key.one(endedAt, id), ContactRecord))?.value;
  }

  /** True if this record is stored. */
  async has({ endedAt, id }: RecordPlace): Promise<boolean> {
    return await has(this.#kv, key.one(endedAt, id));
  }

  /** Returns the records that ended in the span, in that order. */
  async *list({ from, to }: Span): AsyncGenerator<ContactRecord> {
    const all = list(this.#kv, key.range(from, to), ContactRecord);
    for await (const { value } of all) yield value;
  }

  /** Returns the records that ended in the span, of one widget or of all,
   * newest first; with `before`, only those before this position. */
  async *newest({ from, to, widget, before }: Span & {
    widget?: WidgetUuid;
    before?: RecordPlace;
  }): AsyncGenerator<ContactRecord> {
    if (widget !== undefined) {
      const range = key.rangeOfWidget(widget, from, to);
      const end = before && key.byWidget(widget, before.endedAt, before.id);
      yield* this.#pointed({ ...range, ...(end && { end }) }, true);
      return;
    }
    const range = key.range(from, to);
    const end = before && key.one(before.endedAt, before.id);
    const all = list(
      this.#kv,
      { ...range, ...(end && { end }) },
      ContactRecord,
      { reverse: true },
    );
    for await (const { value } of all) yield value;
  }

  /** Returns the records of one visit, oldest first. */
  async *ofVisit(visit: string): AsyncGenerator<ContactRecord> {
    yield* this.#pointed(key.ofVisit(visit));
  }

  /** Deletes records, and writes the deletion into the audit log. */
  async delete(records: readonly ContactRecord[], by: Author): Promise<void> {
    for (let n = 0; n < records.length; n += DELETED_AT_ONCE) {
      const some = records.slice(n, n + DELETED_AT_ONCE);
      const commit = this.#kv.atomic();
      for (const record of some) forget(commit, record, record);
      const { length: count } = some;
      this.#audit.add(commit, by, { type: "contacts-deleted", count });
      await commit.commit();
    }
  }

  /** Deletes the records that ended before a time. Returns their number. */
  async deleteBefore(time: number): Promise<number> {
    let deleted = 0;
    for await (const entry of this.#kv.list(key.range(0, time))) {
      const [, endedAt, id] = entry.key;
      const place = { endedAt: Number(endedAt), id: String(id) };
      const commit = this.#kv.atomic();
      forget(commit, place, entry.value);
      await commit.commit();
      deleted++;
    }
    return deleted;
  }

  /** Returns the records of the pointers in a range, without unreadable ones. */
  async *#pointed(
    range: StoreRange,
    reverse = false,
  ): AsyncGenerator<ContactRecord> {
    const pointers = this.#kv.list(range, { reverse });
    const found = pointedEntries(this.#kv, pointers, (pointer) => {
      const [endedAt, id] = pointer.slice(-2);
      return key.one(Number(endedAt), String(id));
    });
    for await (const { entry } of found) {
      if (entry.versionstamp === null) continue;
      const record = await readable(() => decode(ContactRecord, entry));
      if (record !== undefined) yield record.value;
    }
  }
}

/** Adds the deletion of a record and of all its pointers to a commit, including
 * an outdated pointer. */
function forget(
  commit: StoreCommit,
  { endedAt, id }: RecordPlace,
  record: unknown,
): void {
  commit.delete(key.one(endedAt, id));
  const widget = textOf(record, "widget");
  if (widget !== undefined) commit.delete(key.byWidget(widget, endedAt, id));
  const visit = textOf(record, "visit");
  if (visit !== undefined) commit.delete(key.byVisit(visit, endedAt, id));
}

function textOf(record: unknown, name: string): string | undefined {
  if (typeof record !== "object" || record === null) return undefined;
  const value = new Map<string, unknown>(Object.entries(record)).get(name);
  return typeof value === "string" ? value : undefined;
}
