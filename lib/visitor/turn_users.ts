import { createHmac, randomBytes } from "node:crypto";
import { addressBlock } from "@/lib/base/ip_address.ts";

/** Names per address, and number of addresses that share the names of their
 * /48. */
const NAMES_PER_ADDRESS = 4;
const ADDRESSES_PER_SITE = 4;
/** Hex digits of a name. */
const NAME_LENGTH = 32;

/**
 * Names of visitors at the TURN servers, which limit the use of each name. An
 * address has 4 names for all its visitors, and an IPv6 /48 has 16, so a client
 * cannot exceed these limits with new seats or new addresses of its network.
 * A name reveals nothing about the address, because only the service knows the
 * key.
 */
export class TurnUsers {
  readonly #key = randomBytes(32);

  /** Returns the name for a visitor at this address. `token` chooses one of the
   * names. */
  name(address: string, token: string): string {
    const site = addressBlock(address, 48);
    const slots = [
      this.#hash(addressBlock(address)) % ADDRESSES_PER_SITE,
      this.#hash(token) % NAMES_PER_ADDRESS,
    ];
    return this.#mac(`user ${site} ${slots.join(" ")}`).toString("hex")
      .slice(0, NAME_LENGTH);
  }

  #hash(text: string): number {
    return this.#mac(`slot ${text}`).readUInt32BE();
  }

  #mac(text: string) {
    return createHmac("sha256", this.#key).update(text).digest();
  }
}
