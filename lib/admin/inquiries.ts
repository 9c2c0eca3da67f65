import type { Clock } from "@/lib/base/clock.ts";
import { BYTE_ORDER_MARK, csvRows } from "@/lib/base/csv.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Author } from "@/lib/model/audit.ts";
import type { Inquiry } from "@/lib/model/inquiry.ts";
import type { Topics } from "@/lib/model/topics.ts";
import {
  type ChangeInquiry,
  type Colleague,
  COUNT_MAX,
  type DeleteInquiries,
  type InquiriesDeleted,
  type InquiryCount,
  type InquiryPage,
  type InquiryQuery,
  type InquiryView,
} from "@/lib/protocol/admin/inquiries.ts";
import type { AccountStore } from "@/lib/store/account_store.ts";
import type {
  InquiryKeys,
  InquiryPlace,
  InquiryStore,
} from "@/lib/store/inquiry_store.ts";
import type { Stored } from "@/lib/store/stored.ts";
import { isReachedBy } from "@/lib/store/widget_overviews.ts";
import type { WidgetStore } from "@/lib/store/widget_store.ts";
import { keyOf, placeOf } from "./inquiry_places.ts";
import { inquiryRows } from "./inquiry_rows.ts";
import { type Fits, kindOf, numberOf, textSearch } from "./inquiry_search.ts";
import {
  authorOf,
  changeOf,
  type InquiryNotChanged,
} from "./inquiry_change.ts";
import { revisionOf, viewOf } from "./inquiry_view.ts";
import { type Addressed, OpenInquiries } from "./open_inquiries.ts";

const PAGE_MESSAGES = 50;
/** Maximum number of messages that are read for one page; the reader can load
 * more. */
const READ_MAX = 2_000;
/** Maximum number of messages in a file. */
const FILE_MESSAGES = 5_000;
/** Maximum number of messages that one request deletes. */
const DELETED_MAX = 1_000;
/** Attempts at a change that a callback's next state may overtake. */
const CHANGE_TRIES = 3;

interface Deps {
  inquiries: InquiryStore;
  accounts: Pick<AccountStore, "get" | "list">;
  widgets: Pick<WidgetStore, "overviews">;
  hub: Hub<Topics>;
  clock: Pick<Clock, "now" | "wall">;
  /** Number of days for which messages are stored. */
  days: number;
}

/** True for the messages that one user can see. */
type Sees = (inquiry: Addressed) => boolean;

/** The messages that visitors have left, for administrators and agents. */
export class Inquiries {
  readonly #deps: Deps;
  readonly #open: OpenInquiries;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#open = new OpenInquiries(deps.inquiries, deps.clock);
  }

  get days(): number {
    return this.#deps.days;
  }

  /** Returns a page, newest first. It may be short or even empty without being
   * the last. A search for a reference number finds its message in each list. */
  async list(query: InquiryQuery, user: Account): Promise<InquiryPage> {
    const named = await this.#named(query, user);
    if (named !== undefined) return { messages: [viewOf(named.value)] };
    const fits = await this.#filter(query, user);
    const before = placeOf(query.after ?? "");
    const messages: InquiryView[] = [];
    let read = 0;
    let last: Inquiry | undefined;
    for await (const stored of this.#newest(query, before)) {
      if (messages.length === PAGE_MESSAGES || read === READ_MAX) {
        return { messages, ...(last && { next: keyOf(last) }) };
      }
      read++;
      last = stored.value;
      if (fits(stored.value)) messages.push(viewOf(stored.value));
    }
    return { messages };
  }

  /** Counts the newest messages that are not done, up to COUNT_MAX. */
  async count(user: Account): Promise<InquiryCount> {
    const sees = await this.#seenBy(user);
    const count = { open: 0, mine: 0 };
    for (const inquiry of await this.#open.all()) {
      if (!sees(inquiry)) continue;
      count.open++;
      if (inquiry.assignee?.id === user.id) count.mine++;
      if (count.open === COUNT_MAX) break;
    }
    return count;
  }

  async get(number: string, user: Account): Promise<InquiryView | undefined> {
    const stored = await this.#visible(number, user);
    return stored && viewOf(stored.value);
  }

  /** Changes a message. An agent who is no administrator can assign it only to
   * themselves, or to nobody. */
  async change(
    number: string,
    wanted: ChangeInquiry,
    user: Account,
  ): Promise<Result<InquiryView, InquiryNotChanged>> {
    for (let tries = 0; tries < CHANGE_TRIES; tries++) {
      const stored = await this.#visible(number, user);
      if (stored === undefined) return err({ reason: "not-found" });
      if (revisionOf(stored.value) !== wanted.revision) break;
      const change = await changeOf(stored.value, wanted, {
        ...this.#deps,
        user,
      });
      if (!change.ok) return change;
      const { revision } = stored;
      const done = await this.#deps.inquiries
        .change(number, revision, change.value);
      this.#open.changed();
      if (done.ok) {
        this.#tell(done.value.value);
        return ok(viewOf(done.value.value));
      }
      if (done.error === "not-found") return err({ reason: "not-found" });
    }
    return err({ reason: "conflict" });
  }

  /** Deletes a message. Returns false if it does not exist. */
  async delete(number: string, by: Author): Promise<boolean> {
    const stored = await this.#deps.inquiries.get(number);
    if (stored === undefined) return false;
    await this.#deps.inquiries.delete([stored.value], by);
    this.#open.changed();
    this.#tell(stored.value);
    return true;
  }

  /** Deletes messages of a filter that arrived until a time, newest first; at
   * most DELETED_MAX at once. */
  async deleteAll(
    { until, ...query }: DeleteInquiries,
    user: Account,
  ): Promise<InquiriesDeleted> {
    const fits = await this.#filter(query, user);
    const found: InquiryKeys[] = [];
    for await (const { value } of this.#newest(query)) {
      const { number, at, widget, id, callback } = value;
      if (at <= until && fits(value)) {
        found.push({ number, at, widget, id, ...callback && { callback } });
      }
      if (found.length === DELETED_MAX) break;
    }
    await this.#deps.inquiries.delete(found, authorOf(user));
    this.#open.changed();
    found.forEach((one) => this.#tell(one));
    return { deleted: found.length, more: found.length === DELETED_MAX };
  }

  /** Returns the newest messages of a filter as CSV. */
  async csv(query: InquiryQuery, user: Account): Promise<string> {
    const named = await this.#named(query, user);
    const found = named ? [named.value] : await this.#all(query, user);
    const widgets = await this.#deps.widgets.overviews();
    return BYTE_ORDER_MARK + csvRows(inquiryRows(found, widgets));
  }

  /** Returns the accounts to which this user can assign a message. */
  async colleagues(user: Account): Promise<Colleague[]> {
    if (!user.roles.includes("admin")) return [colleagueOf(user)];
    return (await this.#deps.accounts.list())
      .map(({ value }) => value)
      .filter(({ roles }) => roles.length > 0)
      .map(colleagueOf);
  }

  /** Returns the message whose reference number is searched for. */
  async #named(
    { text = "" }: InquiryQuery,
    user: Account,
  ): Promise<Stored<Inquiry> | undefined> {
    const number = numberOf(text);
    return number === undefined ? undefined : await this.#visible(number, user);
  }

  async #visible(
    number: string,
    user: Account,
  ): Promise<Stored<Inquiry> | undefined> {
    const stored = await this.#deps.inquiries.get(number);
    if (stored === undefined) return undefined;
    return (await this.#seenBy(user))(stored.value) ? stored : undefined;
  }

  /** Returns the newest messages of a filter, for a file. */
  async #all(query: InquiryQuery, user: Account): Promise<Inquiry[]> {
    const fits = await this.#filter(query, user);
    const found: Inquiry[] = [];
    for await (const { value } of this.#newest(query)) {
      if (fits(value)) found.push(value);
      if (found.length === FILE_MESSAGES) break;
    }
    return found;
  }

  /** A callback may not ring any more. */
  #tell({ number, callback }: InquiryKeys): void {
    if (callback !== undefined) {
      this.#deps.hub.tell("callbacks-changed", { number });
    }
  }

  #newest(
    { list }: InquiryQuery,
    before?: InquiryPlace,
  ): AsyncGenerator<Stored<Inquiry>> {
    return this.#deps.inquiries.newest({
      isOpen: list !== "done",
      ...before && { before },
    });
  }

  async #filter(query: InquiryQuery, user: Account): Promise<Fits> {
    const sees = await this.#seenBy(user);
    const { list, widget, kind } = query;
    const hasText = textSearch(query.text ?? "");
    return (inquiry) =>
      sees(inquiry) &&
      (inquiry.state === "done") === (list === "done") &&
      (list !== "mine" || inquiry.assignee?.id === user.id) &&
      (widget === undefined || inquiry.widget === widget) &&
      (kind === undefined || kindOf(inquiry) === kind) &&
      hasText(inquiry);
  }

  async #seenBy({ id, name, roles }: Account): Promise<Sees> {
    if (roles.includes("admin")) return () => true;
    const own = (await this.#deps.widgets.overviews())
      .map(({ uuid, agents }) => ({
        uuid,
        addresses: agents.filter((agent) => isReachedBy(agent, name))
          .map(({ address }) => address),
      }))
      .filter(({ addresses }) => addresses.length > 0);
    const widgets = new Map(
      own.map(({ uuid, addresses }) => [uuid, new Set(["", ...addresses])]),
    );
    return ({ assignee, address, widget }) =>
      assignee?.id === id || address.toLowerCase() === name ||
      widgets.get(widget)?.has(address) === true;
  }
}

function colleagueOf(account: Account): Colleague {
  return authorOf(account);
}
