import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { contactOfLeg, newUuid } from "@/lib/base/ids.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Author } from "@/lib/model/audit.ts";
import { type Block, type ContactSource, lastsMs } from "@/lib/model/block.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type {
  Blockable,
  BlockView,
  BlockVisitor,
} from "@/lib/protocol/admin/blocks.ts";
import type { BlockStore } from "@/lib/store/block_store.ts";

export type BlockError = {
  reason:
    /** The contact is unknown, too old, or of another agent. */
    | "not-found"
    | "too-many"
    /** The network address may be that of a proxy. */
    | "shared-address";
};

/** Blocks visitors by their contacts, and ends blocks. */
export class Blocks {
  readonly #blocks: BlockStore;
  readonly #hub: Hub<Topics>;
  readonly #clock: Pick<Clock, "wall">;

  constructor(
    { blocks, hub, clock }: {
      blocks: BlockStore;
      hub: Hub<Topics>;
      clock: Pick<Clock, "wall">;
    },
  ) {
    this.#blocks = blocks;
    this.#hub = hub;
    this.#clock = clock;
  }

  /** Tells how the visitor of a contact can be blocked; undefined if not, or not
   * by this account. */
  async blockable(
    contact: string,
    by: Account,
  ): Promise<Blockable | undefined> {
    const source = await this.#source(contact, by);
    return source && { network: source.marks.network !== undefined };
  }

  /** Blocks the visitor of a contact. A running contact ends. */
  async block(
    { contact, for: time, network }: BlockVisitor,
    by: Account,
  ): Promise<Result<BlockView, BlockError>> {
    const source = await this.#source(contact, by);
    if (source === undefined) return err({ reason: "not-found" });
    const { marks, agents: _, ...of } = source;
    if (network && marks.network === undefined) {
      return err({ reason: "shared-address" });
    }
    const at = this.#clock.wall();
    const ms = lastsMs(time);
    const block: Block = {
      ...{ id: newUuid(), at, contact: contactOfLeg(contact), ...of },
      ...(ms !== undefined && { until: at + ms }),
      by: { id: by.id, name: by.name },
      marks: network ? marks : { visit: marks.visit },
    };
    const isAdded = await this.#blocks.add(block, {
      ...{ type: "visitor-blocked", block: block.id, for: time, network },
    });
    if (!isAdded) return err({ reason: "too-many" });
    this.#hub.tell("blocks-changed", { block: block.id });
    return ok(viewOf(block));
  }

  /** Returns the current blocks, newest first. */
  async list(): Promise<BlockView[]> {
    return (await this.#blocks.list()).map(viewOf);
  }

  /** Ends a block. Returns false if it does not exist. */
  async delete(id: string, by: Author): Promise<boolean> {
    const change = { type: "visitor-unblocked", block: id } as const;
    const isGone = await this.#blocks.delete(id, by, change);
    if (isGone) this.#hub.tell("blocks-changed", { block: id });
    return isGone;
  }

  /** An agent reaches only the visitors of their own contacts. */
  async #source(
    contact: string,
    { name, roles }: Account,
  ): Promise<ContactSource | undefined> {
    const source = await this.#blocks.source(contactOfLeg(contact));
    const agents = source?.agents ?? [source?.address];
    const isOwn = roles.includes("agent") &&
      agents.some((address) => address?.toLowerCase() === name);
    return isOwn || roles.includes("admin") ? source : undefined;
  }
}

function viewOf({ marks, by, ...shown }: Block): BlockView {
  return { ...shown, by: by.name, network: marks.network !== undefined };
}
