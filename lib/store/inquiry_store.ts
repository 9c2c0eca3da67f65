import { getLogger } from "@logtape/logtape";
import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { Author } from "@/lib/model/audit.ts";
import { Inquiry, type InquiryContent } from "@/lib/model/inquiry.ts";
import type { WidgetUuid } from "@/lib/model/widget.ts";
import { AuditLog } from "./audit_log.ts";
import { countInSlots, placed, slotOf } from "./callback_slots.ts";
import { commitWithRetry } from "./commit_with_retry.ts";
import {
  deleteInquiry,
  PointedInquiry,
  setInquiry,
} from "./inquiry_commits.ts";
import { inquiryKey as key } from "./inquiry_keys.ts";
import { foundBy } from "./found_callbacks.ts";
import { addMail } from "./mail_store.ts";
import { newInquiryNumber } from "./inquiry_number.ts";
import { pointedEntries } from "./pointed_entries.ts";
import type { StoreEngine, StoreEntries } from "./store_engine.ts";
import { decode, get, has, list, readable, type Stored } from "./stored.ts";

const log = getLogger(["widgets", "store"]);

/** Maximum number of stored inquiries of one widget. */
const INQUIRIES_MAX = 10_000;
/** The count of a widget is read again after this time. */
const COUNT_FOR_MS = 60_000;
/** A commit of Deno KV can have 1,000 changes; a deletion takes seven of
 * them. */
const DELETED_AT_ONCE = 120;
/** Maximum number of callbacks that are looked at together. */
const DUE_MAX = 500;

/** The position of an inquiry in the order of time. */
export type InquiryPlace = Pick<Inquiry, "at" | "number">;

/** The members of which the keys of an inquiry consist. */
export type InquiryKeys = Pick<
  Inquiry,
  "at" | "number" | "widget" | "id" | "callback"
>;

/** The limit for a new inquiry, and its e-mail. */
export interface NewInquiry {
  /** Address to which it is sent by e-mail, or "". */
  to?: string;
  /** Callbacks that may have the same slot. */
  perSlot?: number;
}

/** The members that people change. */
export type InquiryChange =
  & Partial<
    Pick<Inquiry, "state" | "notes" | "callback">
  >
  & {
    /** Null for nobody. */
    assignee?: Author | null;
  };

/** The messages that visitors have left while nobody could be reached. */
export class InquiryStore {
  readonly #kv: StoreEngine;
  readonly #clock: Pick<Clock, "now">;
  readonly #audit: AuditLog;
  /** Number of stored inquiries by widget, as read at that time. */
  readonly #counts = new Map<WidgetUuid, { count: number; until: number }>();

  constructor(kv: StoreEngine, clock: Pick<Clock, "now">) {
    this.#kv = kv;
    this.#clock = clock;
    this.#audit = new AuditLog(kv, clock);
  }

  /** Stores a new inquiry, with an e-mail if there is an address for it, or
   * returns the one that the page has sent before under the same id. */
  async create(
    content: InquiryContent,
    { to = "", perSlot = 1 }: NewInquiry = {},
  ): Promise<
    Result<{ inquiry: Inquiry; isNew: boolean }, "full" | "slot-taken">
  > {
    const { widget, id } = content;
    return await commitWithRetry(`store message ${id}`, async () => {
      const known = await this.sent(widget, id);
      if (known !== undefined) return ok({ inquiry: known, isNew: false });
      if (!await this.#hasRoom(widget)) return err("full");
      const place = await placed(this.#kv, content, perSlot);
      if (place === undefined) return err("slot-taken");
      const inquiry: Inquiry = {
        ...place,
        number: newInquiryNumber(),
        at: this.#clock.now(),
        state: "open",
        notes: [],
      };
      const commit = this.#kv.atomic()
        .check({ key: key.one(inquiry.number), versionstamp: null })
        .check({ key: key.byId(widget, id), versionstamp: null });
      const slot = slotOf(inquiry);
      if (slot !== undefined) commit.check({ key: slot, versionstamp: null });
      if (to !== "") addMail(commit, { ...inquiry, to });
      const { ok: isDone } = await setInquiry(commit, inquiry).commit();
      return isDone ? ok({ inquiry, isNew: true }) : undefined;
    });
  }

  /** Returns what a page has sent under this id. */
  async sent(widget: WidgetUuid, id: string): Promise<Inquiry | undefined> {
    const { value: number } = await this.#kv.get(key.byId(widget, id));
    if (typeof number !== "string") return undefined;
    return (await this.get(number))?.value;
  }

  /** Counts the callbacks in the slots of a widget that begin in this time, by
   * their start. */
  inSlots(
    widget: WidgetUuid,
    time: { from: number; to: number },
  ): Promise<Map<number, number>> {
    return countInSlots(this.#kv, widget, time);
  }

  async get(number: string): Promise<Stored<Inquiry> | undefined> {
    return await get(this.#kv, key.one(number), Inquiry);
  }

  async has(number: string): Promise<boolean> {
    return await has(this.#kv, key.one(number));
  }

  /** Returns all inquiries, or those that are not done, newest first; with
   * `before`, only those before this position. */
  async *newest({ before, isOpen = false }: {
    before?: InquiryPlace;
    isOpen?: boolean;
  } = {}): AsyncGenerator<Stored<Inquiry>> {
    const index = isOpen ? key.open : key.byTime;
    const range = {
      start: index.start,
      end: before === undefined ? index.end : index.at(before),
    };
    yield* this.#read(this.#kv.list(range, { reverse: true }));
  }

  /** Returns the callbacks that wait or ring until this time; those that are due
   * longest first. */
  due(until: number): AsyncGenerator<Stored<Inquiry>> {
    return foundBy(this.#kv, key.due, { until, limit: DUE_MAX });
  }

  /** Returns the callbacks that agents have taken until this time, and that are
   * not done; newest first. */
  taken(until: number): AsyncGenerator<Stored<Inquiry>> {
    const options = { until, limit: DUE_MAX, reverse: true };
    return foundBy(this.#kv, key.taken, options);
  }

  /** Returns all inquiries, for an archive. */
  async *all(): AsyncGenerator<Inquiry> {
    for await (const { value } of list(this.#kv, key.all, Inquiry)) yield value;
  }

  /** Changes an inquiry, if it still has this revision. */
  async change(
    number: string,
    revision: string,
    change: InquiryChange,
  ): Promise<Result<Stored<Inquiry>, "not-found" | "conflict">> {
    const stored = await this.get(number);
    if (stored === undefined) return err("not-found");
    if (stored.revision !== revision) return err("conflict");
    const { assignee: before, ...rest } = stored.value;
    const { assignee = before, ...changed } = change;
    const value: Inquiry = {
      ...rest,
      ...changed,
      ...assignee ? { assignee } : {},
    };
    const commit = this.#kv.atomic()
      .check({ key: key.one(number), versionstamp: revision });
    const done = await setInquiry(commit, value, stored.value).commit();
    if (!done.ok) return err("conflict");
    return ok({ revision: done.versionstamp, value });
  }

  /** Adds an inquiry from an archive. */
  async addAs(inquiry: Inquiry): Promise<void> {
    await setInquiry(this.#kv.atomic(), inquiry).commit();
  }

  /** Deletes inquiries, and writes the deletion into the audit log. */
  async delete(
    inquiries: readonly InquiryKeys[],
    by: Author,
  ): Promise<void> {
    for (let n = 0; n < inquiries.length; n += DELETED_AT_ONCE) {
      const some = inquiries.slice(n, n + DELETED_AT_ONCE);
      const commit = this.#kv.atomic();
      for (const inquiry of some) deleteInquiry(commit, inquiry);
      this.#audit.add(commit, by, {
        type: "contacts-deleted",
        count: some.length,
        what: "messages",
      });
      await commit.commit();
    }
    this.#counts.clear();
  }

  /** Deletes the inquiries that arrived before a time. Returns their number. */
  async deleteBefore(time: number): Promise<number> {
    let deleted = 0;
    const { start, at } = key.byTime;
    const range = { start, end: at({ at: time, number: "" }) };
    for await (const entry of this.#kv.list(range)) {
      const number = String(entry.key.at(-1));
      const at = Number(entry.key.at(-2));
      const { value } = await this.#kv.get(key.one(number));
      const known = v.safeParse(PointedInquiry, value);
      const pointed = known.success ? known.output : undefined;
      const commit = this.#kv.atomic();
      deleteInquiry(commit, { at, number, ...pointed });
      await commit.commit();
      deleted++;
    }
    return deleted;
  }

  /** Returns the inquiries of an index; leaves out those that are deleted or
   * unreadable. */
  async *#read(pointers: StoreEntries): AsyncGenerator<Stored<Inquiry>> {
    const found = pointedEntries(this.#kv, pointers, key.pointedBy);
    for await (const { entry } of found) {
      if (entry.versionstamp === null) continue;
      const stored = await readable(() => decode(Inquiry, entry));
      if (stored !== undefined) yield stored;
    }
  }

  /** Counts the widget's inquiries, but not for each of them. */
  async #hasRoom(widget: WidgetUuid): Promise<boolean> {
    const now = this.#clock.now();
    let known = this.#counts.get(widget);
    if (known === undefined || now >= known.until) {
      const all = this.#kv.list(key.ofWidget(widget), { limit: INQUIRIES_MAX });
      const { length: count } = await Array.fromAsync(all, () => 1);
      known = { count, until: now + COUNT_FOR_MS };
      if (count >= INQUIRIES_MAX) {
        log.error(
          "Widget {widget} takes no more messages: it has {max} stored ones",
          { widget, max: INQUIRIES_MAX },
        );
      }
      this.#counts.set(widget, known);
    }
    return known.count++ < INQUIRIES_MAX;
  }
}
