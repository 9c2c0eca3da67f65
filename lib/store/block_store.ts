import type { Clock } from "@/lib/base/clock.ts";
import type { Author, Change } from "@/lib/model/audit.ts";
import {
  Block,
  BLOCKABLE_MS,
  BLOCKS_MAX,
  ContactSource,
} from "@/lib/model/block.ts";
import { AuditLog } from "./audit_log.ts";
import type { StoreEngine } from "./store_engine.ts";
import { get, has, list } from "./stored.ts";

const key = {
  one: (id: string) => ["block", id],
  all: { prefix: ["block"] },
  source: (contact: string) => ["contact_source", contact],
};

/** Blocked visitors, and the visitors of contacts who can still be blocked.
 * Everything expires. */
export class BlockStore {
  readonly #kv: StoreEngine;
  readonly #audit: AuditLog;
  readonly #clock: Pick<Clock, "now">;

  constructor(kv: StoreEngine, clock: Pick<Clock, "now">) {
    this.#kv = kv;
    this.#audit = new AuditLog(kv, clock);
    this.#clock = clock;
  }

  /** Stores the visitor of a contact for BLOCKABLE_MS. */
  async remember(contact: string, source: ContactSource): Promise<void> {
    const own = key.source(contact);
    await this.#kv.set(own, source, { expireIn: BLOCKABLE_MS });
  }

  /** Returns the visitor of a contact, if still stored. */
  async source(contact: string): Promise<ContactSource | undefined> {
    return (await get(this.#kv, key.source(contact), ContactSource))?.value;
  }

  /** Lets another agent block the visitor of a contact, too. */
  async share(contact: string, address: string): Promise<void> {
    const own = key.source(contact);
    const stored = await get(this.#kv, own, ContactSource);
    if (stored === undefined) return;
    const { agents = [stored.value.address] } = stored.value;
    if (agents.includes(address)) return;
    const source = { ...stored.value, agents: [...agents, address] };
    await this.#kv.atomic()
      .check({ key: own, versionstamp: stored.revision })
      .set(own, source, { expireIn: BLOCKABLE_MS })
      .commit();
  }

  /** Deletes the visitors of these contacts. */
  async forget(contacts: readonly string[]): Promise<void> {
    for (const contact of contacts) await this.#kv.delete(key.source(contact));
  }

  /** Returns the current blocks, newest first. */
  async list(): Promise<Block[]> {
    const now = this.#clock.now();
    const blocks: Block[] = [];
    for await (const { value } of list(this.#kv, key.all, Block)) {
      if (value.until === undefined || value.until > now) blocks.push(value);
    }
    return blocks.sort((one, other) => other.at - one.at);
  }

  /** Stores a block, and writes it into the audit log. Returns false if there
   * are BLOCKS_MAX already. */
  async add(block: Block, change: Change): Promise<boolean> {
    if ((await this.list()).length >= BLOCKS_MAX) return false;
    const commit = this.#kv.atomic()
      .set(key.one(block.id), block, this.#expiry(block));
    this.#audit.add(commit, block.by, change);
    await commit.commit();
    return true;
  }

  /** Adds a block from an archive, unless it has expired. */
  async addAs(block: Block): Promise<void> {
    const { until = Infinity } = block;
    if (until <= this.#clock.now()) return;
    await this.#kv.set(key.one(block.id), block, this.#expiry(block));
  }

  async has({ id }: Pick<Block, "id">): Promise<boolean> {
    return await has(this.#kv, key.one(id));
  }

  /** Ends a block. Returns false if it does not exist. */
  async delete(id: string, by: Author, change: Change): Promise<boolean> {
    const own = key.one(id);
    const entry = await this.#kv.get(own);
    if (entry.versionstamp === null) return false;
    const commit = this.#kv.atomic()
      .check({ key: own, versionstamp: entry.versionstamp })
      .delete(own);
    this.#audit.add(commit, by, change);
    return (await commit.commit()).ok;
  }

  #expiry({ until }: Block): { expireIn?: number } {
    if (until === undefined) return {};
    return { expireIn: Math.max(1, until - this.#clock.now()) };
  }
}
