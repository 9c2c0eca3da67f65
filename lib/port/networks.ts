import { BlockList } from "node:net";
import { ipVersion, plainAddress } from "@/lib/base/ip_address.ts";
import { RecentMap } from "@/lib/base/recent_map.ts";

/** Addresses whose answer is kept: proxies, PBXs and busy clients. */
const KEPT_ADDRESSES_MAX = 1_000;

/** True if `text` is an IP address or a network such as `10.0.0.0/8`. A zone, as
 * in `fe80::1%eth0`, is not allowed, because peers are compared without it. */
export function isNetwork(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const version = ipVersion(address);
  if (version === undefined || rest.length > 0) return false;
  if (bits === undefined) return true;
  return /^[0-9]{1,3}$/.test(bits) &&
    Number(bits) <= (version === 4 ? 32 : 128);
}

/** A set of addresses and networks; all of them must satisfy `isNetwork`. */
export class Networks {
  readonly #list = new BlockList();
  /** A check takes a twentieth of the time of a visitor's connect. */
  readonly #kept = new RecentMap<boolean>(KEPT_ADDRESSES_MAX);

  constructor(networks: readonly string[]) {
    for (const network of networks) {
      const [address = "", bits] = network.split("/");
      const family = ipVersion(address) === 6 ? "ipv6" : "ipv4";
      if (bits === undefined) this.#list.addAddress(address, family);
      else this.#list.addSubnet(address, Number(bits), family);
    }
  }

  /** Treats an IPv4 address written as IPv6 (`::ffff:10.0.0.1`) as IPv4. */
  has(address: string): boolean {
    const kept = this.#kept.get(address);
    if (kept !== undefined) return kept;
    const plain = plainAddress(address);
    const version = ipVersion(plain);
    if (version === undefined) return false;
    const isIn = this.#list.check(plain, version === 6 ? "ipv6" : "ipv4");
    this.#kept.set(address, isIn);
    return isIn;
  }
}
