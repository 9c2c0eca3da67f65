import { getLogger } from "@logtape/logtape";
import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { Author } from "@/lib/model/audit.ts";
import { Inquiry, type InquiryContent } from "@/lib/model/inquiry.ts";
import type { WidgetUuid } from "@/lib/model/widget.ts";
import { AuditLog } from "./audit_log.ts";
import { commitWithRetry } from "./commit_with_retry.ts";
import { inquiryKey as key } from "./inquiry_keys.ts";
import { addMail, deleteMail } from "./mail_store.ts";
import { newInquiryNumber } from "./inquiry_number.ts";
import type { StoreCommit, StoreEngine } from "./store_engine.ts";
import { decode, get, has, list, readable, type Stored } from "./stored.ts";

const log = getLogger(["widgets", "store"]);

/** Maximum number of stored inquiries of one widget. */
const INQUIRIES_MAX = 10_000;
/** The count of a widget is read again after this time. */
const COUNT_FOR_MS = 60_000;
/** A commit of Deno KV can have 1,000 changes; a deletion takes five of them. */
const DELETED_AT_ONCE = 150;
/** The store reads ten values at once. */
const READ_AT_ONCE = 10;

/** The position of an inquiry in the order of time. */
export type InquiryPlace = Pick<Inquiry, "at" | "number">;

/** The members of which the keys of an inquiry consist. */
export type InquiryKeys = Pick<Inquiry, "at" | "number" | "widget" | "id">;

/** The members that people change. */
export type InquiryChange = Partial<Pick<Inquiry, "state" | "notes">> & {
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

  /** Stores a new inquiry, with an e-mail to the address `to` if there is one, or
   * returns the one that the page has sent before under the same id. */
  async create(
    content: InquiryContent,
    to = "",
  ): Promise<Result<{ inquiry: Inquiry; isNew: boolean }, "full">> {
    const { widget, id } = content;
    return await commitWithRetry(`store message ${id}`, async () => {
      const known = await this.sent(widget, id);
      if (known !== undefined) return ok({ inquiry: known, isNew: false });
      if (!await this.#hasRoom(widget)) return err("full");
      const inquiry: Inquiry = {
        ...content,
        number: newInquiryNumber(),
        at: this.#clock.now(),
        state: "open",
        notes: [],
      };
      const commit = this.#kv.atomic()
        .check({ key: key.one(inquiry.number), versionstamp: null })
        .check({ key: key.byId(widget, id), versionstamp: null });
      if (to !== "") addMail(commit, { ...inquiry, to });
      const { ok: isDone } = await setAll(commit, inquiry).commit();
      return isDone ? ok({ inquiry, isNew: true }) : undefined;
    });
  }

  /** Returns what a page has sent under this id. */
  async sent(widget: WidgetUuid, id: string): Promise<Inquiry | undefined> {
    const { value: number } = await this.#kv.get(key.byId(widget, id));
    if (typeof number !== "string") return undefined;
    return (await this.get(number))?.value;
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
    let numbers: string[] = [];
    for await (const { key } of this.#kv.list(range, { reverse: true })) {
      numbers.push(String(key.at(-1)));
      if (numbers.length < READ_AT_ONCE) continue;
      yield* this.#read(numbers);
      numbers = [];
    }
    yield* this.#read(numbers);
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
    const done = await setAll(commit, value).commit();
    if (!done.ok) return err("conflict");
    return ok({ revision: done.versionstamp, value });
  }

  /** Adds an inquiry from an archive. */
  async addAs(inquiry: Inquiry): Promise<void> {
    await setAll(this.#kv.atomic(), inquiry).commit();
  }

  /** Deletes inquiries, and writes the deletion into the audit log. */
  async delete(
    inquiries: readonly InquiryKeys[],
    by: Author,
  ): Promise<void> {
    for (let n = 0; n < inquiries.length; n += DELETED_AT_ONCE) {
      const some = inquiries.slice(n, n + DELETED_AT_ONCE);
      const commit = this.#kv.atomic();
      for (const inquiry of some) deleteAll(commit, inquiry);
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
      const known = v.safeParse(Pointed, value);
      const pointed = known.success ? known.output : undefined;
      const commit = this.#kv.atomic();
      deleteAll(commit, { at, number, ...pointed });
      await commit.commit();
      deleted++;
    }
    return deleted;
  }

  /** Returns these inquiries; leaves out those that are deleted or
   * unreadable. */
  async *#read(numbers: readonly string[]): AsyncGenerator<Stored<Inquiry>> {
    if (numbers.length === 0) return;
    const entries = await this.#kv.getMany(numbers.map(key.one));
    for (const entry of entries) {
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

/** Adds the writing of an inquiry and its pointers to a commit. */
function setAll(commit: StoreCommit, inquiry: Inquiry): StoreCommit {
  const { number, widget, id, state } = inquiry;
  commit.set(key.one(number), inquiry)
    .set(key.byId(widget, id), number)
    .set(key.byTime.at(inquiry), 1);
  const open = key.open.at(inquiry);
  return state === "open" ? commit.set(open, 1) : commit.delete(open);
}

/** The members by which an inquiry is found, even if another is unreadable. */
const Pointed = v.object({ widget: v.string(), id: v.string() });

function deleteAll(
  commit: StoreCommit,
  { widget, id, ...place }:
    & InquiryPlace
    & Partial<Pick<Inquiry, "widget" | "id">>,
): void {
  commit.delete(key.one(place.number))
    .delete(key.byTime.at(place))
    .delete(key.open.at(place));
  deleteMail(commit, place.number);
  if (widget !== undefined && id !== undefined) {
    commit.delete(key.byId(widget, id));
  }
}
