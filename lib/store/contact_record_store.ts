import { ContactRecord } from "@/lib/model/contact_record.ts";
import type { WidgetUuid } from "@/lib/model/widget.ts";
import { get, list } from "./stored.ts";

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
};

/** A span of time: from `from`, up to but without `to`, in ms since 1970. */
export interface Span {
  from: number;
  to: number;
}

/** The contact records by the time they ended. */
export class ContactRecordStore {
  readonly #kv: Deno.Kv;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /** Keeps a record. The same one twice is kept once. */
  async add(record: ContactRecord): Promise<void> {
    const { widget, endedAt, id } = record;
    await this.#kv.atomic()
      .set(key.one(endedAt, id), record)
      .set(key.byWidget(widget, endedAt, id), id)
      .commit();
  }

  /** Whether this record is kept. */
  async has(
    { endedAt, id }: Pick<ContactRecord, "endedAt" | "id">,
  ): Promise<boolean> {
    return (await this.#kv.get(key.one(endedAt, id))).versionstamp !== null;
  }

  /** Records that ended in the span, in that order. */
  async *list({ from, to }: Span): AsyncGenerator<ContactRecord> {
    const all = list(this.#kv, key.range(from, to), ContactRecord);
    for await (const { value } of all) yield value;
  }

  /** Records of one widget that ended in the span, in that order. */
  async *listOfWidget(
    widget: WidgetUuid,
    { from, to }: Span,
  ): AsyncGenerator<ContactRecord> {
    const range = key.rangeOfWidget(widget, from, to);
    for await (const entry of this.#kv.list(range)) {
      const [, , endedAt, id] = entry.key;
      const one = key.one(Number(endedAt), String(id));
      const record = await get(this.#kv, one, ContactRecord);
      if (record !== undefined) yield record.value;
    }
  }

  /** Deletes the records that ended before a time. Returns how many. */
  async deleteBefore(time: number): Promise<number> {
    let deleted = 0;
    for await (const entry of this.#kv.list(key.range(0, time))) {
      const widget = widgetOf(entry.value);
      const [, endedAt, id] = entry.key;
      const commit = this.#kv.atomic().delete(entry.key);
      if (widget !== undefined) {
        commit.delete(key.byWidget(widget, Number(endedAt), String(id)));
      }
      await commit.commit();
      deleted++;
    }
    return deleted;
  }
}

/** The widget of a record, also of one that does not fit any more. */
function widgetOf(record: unknown): WidgetUuid | undefined {
  if (typeof record !== "object" || record === null) return undefined;
  if (!("widget" in record)) return undefined;
  return typeof record.widget === "string" ? record.widget : undefined;
}
