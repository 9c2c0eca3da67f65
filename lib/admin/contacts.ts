import type { Author } from "@/lib/model/audit.ts";
import type { BlockStore } from "@/lib/store/block_store.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type {
  ContactPage,
  ContactQuery,
  ContactView,
} from "@/lib/protocol/admin/contacts.ts";
import type {
  ContactRecordStore,
  RecordPlace,
} from "@/lib/store/contact_record_store.ts";
import type { WidgetStore } from "@/lib/store/widget_store.ts";

const PAGE_CONTACTS = 50;
/** Maximum number of records that are read for one page; the reader can load
 * more. */
const LOOKED_AT_MAX = 5_000;

/** The ended calls and chats, which can be read, exported and deleted. */
export class Contacts {
  readonly #records: ContactRecordStore;
  readonly #widgets: Pick<WidgetStore, "overviews">;
  readonly #blocks: Pick<BlockStore, "forget">;
  /** Number of days for which records are stored. */
  readonly days: number;

  constructor(
    { records, widgets, blocks, days }: {
      records: ContactRecordStore;
      /** The source of agents' names. */
      widgets: Pick<WidgetStore, "overviews">;
      /** Knows by which marks a contact's visitor could be blocked. */
      blocks: Pick<BlockStore, "forget">;
      days: number;
    },
  ) {
    this.#records = records;
    this.#widgets = widgets;
    this.#blocks = blocks;
    this.days = days;
  }

  /** Returns a page, newest first. It may be short or even empty without being
   * the last. */
  async list(query: ContactQuery): Promise<ContactPage> {
    const contacts: ContactView[] = [];
    const { from = 0, to = Number.MAX_SAFE_INTEGER, widget } = query;
    const before = placeOf(query.after ?? "");
    const newest = this.#records.newest({
      from,
      to,
      ...(widget !== undefined && { widget }),
      ...(before !== undefined && { before }),
    });
    const isAsked = await this.#agents(query.agent ?? "");
    let lookedAt = 0;
    let last: ContactRecord | undefined;
    for await (const record of newest) {
      if (contacts.length === PAGE_CONTACTS || lookedAt === LOOKED_AT_MAX) {
        return { contacts, ...(last && { next: keyOf(last) }) };
      }
      lookedAt++;
      last = record;
      const { media = record.media } = query;
      const isOfAgent = agentsOf(record).some(isAsked);
      if (media === record.media && isOfAgent) {
        contacts.push(viewOf(record));
      }
    }
    return { contacts };
  }

  /** Returns the contact and the others of its visit, oldest first; empty if it
   * does not exist. */
  async visit(key: string): Promise<ContactView[]> {
    return (await this.#visit(key)).map(viewOf);
  }

  /** Deletes the contact, or all of its visit. Returns the deleted keys. */
  async delete(
    key: string,
    { whole, by }: { whole: boolean; by: Author },
  ): Promise<string[]> {
    const visit = await this.#visit(key);
    const gone = whole ? visit : visit.filter((one) => keyOf(one) === key);
    await this.#blocks.forget(gone.map(({ id }) => id));
    await this.#records.delete(gone, by);
    return gone.map(keyOf);
  }

  /** Returns a test for addresses that match the text, by address or by name in
   * a widget. */
  async #agents(text: string): Promise<(address: string) => boolean> {
    const part = text.trim().toLowerCase();
    if (part === "") return () => true;
    const named = (await this.#widgets.overviews())
      .flatMap(({ agents }) => agents)
      .filter(({ name }) => name.toLowerCase().includes(part))
      .map(({ address }) => address);
    const addresses = new Set(named);
    return (address) =>
      addresses.has(address) || address.toLowerCase().includes(part);
  }

  async #visit(key: string): Promise<ContactRecord[]> {
    const place = placeOf(key);
    if (place === undefined) return [];
    const record = await this.#records.get(place);
    if (record === undefined) return [];
    if (record.visit === undefined) return [record];
    return await Array.fromAsync(this.#records.ofVisit(record.visit));
  }
}

/** Returns the addresses of all agents who had the contact. */
function agentsOf(
  { address, agent = address, handovers = [] }: ContactRecord,
): string[] {
  return [address, agent, ...handovers.map(({ to }) => to)];
}

function viewOf(record: ContactRecord): ContactView {
  return { ...record, key: keyOf(record) };
}

function keyOf({ endedAt, id }: RecordPlace): string {
  return `${endedAt}.${id}`;
}

function placeOf(key: string): RecordPlace | undefined {
  const [, endedAt, id] = /^(\d{1,15})\.(.{1,64})$/.exec(key) ?? [];
  if (endedAt === undefined || id === undefined) return undefined;
  return { endedAt: Number(endedAt), id };
}
