import { BlockList, isIP } from "node:net";

/** True if `text` is an IP address or a network such as `10.0.0.0/8`. A zone, as
 * in `fe80::1%eth0`, is not allowed, because peers are compared without it. */
export function isNetwork(text: string): boolean {
  if (text.includes("%")) return false;
  const [address = "", bits, ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  return /^[0-9]{1,3}$/.test(bits) &&
    Number(bits) <= (version === 4 ? 32 : 128);
}

/** A set of addresses and networks; all of them must satisfy `isNetwork`. */
export class Networks {
  readonly #list = new BlockList();

  constructor(networks: readonly string[]) {
    for (const network of networks) {
      const [address = "", bits] = network.split("/");
      const family = isIP(address) === 6 ? "ipv6" : "ipv4";
      if (bits === undefined) this.#list.addAddress(address, family);
      else this.#list.addSubnet(address, Number(bits), family);
    }
  }

  /** Treats an IPv4 address written as IPv6 (`::ffff:10.0.0.1`) as IPv4. */
  has(address: string): boolean {
    const plain = plainAddress(address);
    const version = isIP(plain);
    if (version === 0) return false;
    return this.#list.check(plain, version === 6 ? "ipv6" : "ipv4");
  }
}

/** Returns `::ffff:192.0.2.1` as `192.0.2.1`; removes a zone (`%eth0`). */
export function plainAddress(address: string): string {
  const withoutZone = address.replace(/%.*$/, "");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(withoutZone);
  return mapped?.[1] ?? withoutZone;
}
