import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import type { Peer } from "@/lib/base/socket.ts";
import { DAY_MS } from "@/lib/base/times.ts";
import { UntilDone } from "@/lib/base/until_done.ts";
import type { Block, ContactSource } from "@/lib/model/block.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { Marker, type Sign } from "./marker.ts";

const log = getLogger(["widgets", "visitor"]);

const RETRY = { firstMs: 1_000, maxMs: 30_000 };

/** The blocks, as they are stored: lib/store/block_store.ts. */
export interface StoredBlocks {
  list(): Promise<readonly Pick<Block, "until" | "marks">[]>;
  remember(contact: string, source: ContactSource): Promise<void>;
}

export interface BlockListOptions {
  store: StoredBlocks;
  sign: Sign;
}

/** How a visitor was recognized: by the visit, or by the network alone. */
export type BlockedBy = "visit" | "network" | undefined;

/** A visitor, as far as the service recognizes one. */
export interface Recognized {
  /** The visit that the page has shown, or has. */
  visit?: string | undefined;
  peer: Peer;
}

/**
 * The blocked visitors. It reads them at the start and whenever they change. If
 * the store can't be read, the last known ones count, and nobody else is
 * blocked.
 */
export class BlockList implements Disposable {
  readonly #store: StoredBlocks;
  readonly #clock: Clock;
  readonly #marker: Marker;
  readonly #reading: UntilDone;
  readonly #first: Promise<void>;
  readonly #open = new DisposableStack();
  #blocks: readonly Pick<Block, "until" | "marks">[] = [];
  #visits = new Set<string>();
  #networks = new Set<string>();
  #timer: Disposable | undefined;
  #isReady = false;
  /** Called after each change of the blocked visitors. */
  onChange: () => void = () => {};

  constructor(
    { store, sign }: BlockListOptions,
    { hub, clock }: { hub: Hub<Topics>; clock: Clock },
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#marker = new Marker(sign);
    this.#reading = this.#open.use(
      new UntilDone(() => this.#read(), {
        ...{ clock, backoff: RETRY },
        onError: (error) =>
          log.warn("Cannot read the blocked visitors: {error}", { error }),
      }),
    );
    this.#open.use(hub.on("blocks-changed", () => void this.#reading.run()));
    this.#first = this.#reading.run().finally(() => this.#isReady = true);
  }

  /** True if nobody is blocked, so there is nothing to check. */
  get isEmpty(): boolean {
    return this.#isReady && this.#blocks.length === 0;
  }

  /** Returns how a visitor was recognized as blocked, if so. */
  async find({ visit, peer }: Recognized): Promise<BlockedBy> {
    await this.#first;
    if (this.isEmpty) return undefined;
    const visitMark = visit && await this.#marker.ofVisit(visit);
    const network = await this.#marker.ofNetwork(peer);
    // The blocks may have changed while the marks were computed.
    if (visitMark && this.#visits.has(visitMark)) return "visit";
    return network && this.#networks.has(network) ? "network" : undefined;
  }

  /** Stores the visitor of a contact that begins, so that an agent can block
   * them. Never throws or waits. */
  remember(
    contact: string,
    { visit, peer, ...of }:
      & { visit: string; peer: Peer }
      & Pick<ContactSource, "widget" | "address" | "agents">,
  ): void {
    const stored = this.#marker.of(visit, peer)
      .then((marks) => this.#store.remember(contact, { ...of, marks }));
    stored.catch((error) =>
      log.warn("Cannot store whom a contact is from: {error}", { error })
    );
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#open.dispose();
  }

  async #read(): Promise<void> {
    this.#blocks = await this.#store.list();
    this.#renew();
  }

  /** Leaves out what has expired, and waits for the next one to expire. */
  #renew(): void {
    const now = this.#clock.wall();
    const isCurrent = ({ until = Infinity }) => until > now;
    this.#blocks = this.#blocks.filter(isCurrent);
    const marks = this.#blocks.map(({ marks }) => marks);
    this.#visits = new Set(marks.map(({ visit }) => visit));
    this.#networks = new Set(marks.flatMap(({ network }) => network ?? []));
    this.onChange();
    this.#timer?.[Symbol.dispose]();
    const next = Math.min(...this.#blocks.map(({ until = Infinity }) => until));
    if (next === Infinity) return;
    // The host's clock may be set, and timers have a maximum.
    const wait = Math.min(next - now, DAY_MS);
    this.#timer = this.#clock.after(wait, () => this.#renew());
  }
}

/** For services without blocks. */
export const NO_BLOCKS: BlockListOptions = {
  store: { list: () => Promise.resolve([]), remember: () => Promise.resolve() },
  sign: () => Promise.resolve(new Uint8Array(32)),
};
