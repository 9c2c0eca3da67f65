import { addressBlock, isOwnHost } from "@/lib/base/ip_address.ts";
import { RecentMap } from "@/lib/base/recent_map.ts";
import type { Peer } from "@/lib/base/socket.ts";
import type { VisitorMarks } from "@/lib/model/block.ts";

/** Returns a keyed hash of a text (HMAC-SHA-256). */
export type Sign = (text: string) => Promise<Uint8Array>;

/** Networks whose marks are remembered. */
const NETWORKS_MAX = 10_000;
/** Length of a mark in bytes. */
const MARK_BYTES = 16;

/** Computes the marks by which a blocked visitor is recognized. */
export class Marker {
  readonly #sign: Sign;
  readonly #networks = new RecentMap<Promise<string>>(NETWORKS_MAX);

  constructor(sign: Sign) {
    this.#sign = sign;
  }

  /** Returns the mark of a visit. */
  async ofVisit(visit: string): Promise<string> {
    return await this.#mark("visit", visit);
  }

  /**
   * Returns the mark of the client's address, or its /64 with IPv6. Undefined if
   * the address may be that of a proxy or of this host, because a block would
   * then exclude all visitors (V55).
   */
  async ofNetwork(
    { address, isProxy }: Pick<Peer, "address" | "isProxy">,
  ): Promise<string | undefined> {
    if (isProxy || isOwnHost(address)) return undefined;
    const block = addressBlock(address);
    const mark = this.#networks.get(block) ?? this.#mark("network", block);
    this.#networks.set(block, mark);
    return await mark;
  }

  async of(visit: string, peer: Peer): Promise<VisitorMarks> {
    const network = await this.ofNetwork(peer);
    return {
      visit: await this.ofVisit(visit),
      ...(network !== undefined && { network }),
    };
  }

  async #mark(kind: keyof VisitorMarks, value: string): Promise<string> {
    const bytes = await this.#sign(`block of a ${kind}\n${value}`);
    return bytes.slice(0, MARK_BYTES).toHex();
  }
}
