import ipaddr from "ipaddr.js";

/** Returns the version of an IP address without a zone; undefined for any other
 * text. */
export function ipVersion(address: string): 4 | 6 | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return 4;
  // ipaddr.js also accepts a zone, long groups, octal and hex numbers, a trailing
  // colon, and a "::" in an address that already has all eight groups.
  const isLax = /[%x]|[0-9a-f]{5}|:0\d+\.|\.0\d|[^:]:$/i.test(address) ||
    address.includes("::") &&
      /(?:[^:]+:+){7}[^:]|(?:[^:]+:+){6}[^:]*\./.test(address);
  return !isLax && ipaddr.IPv6.isValid(address) ? 6 : undefined;
}

/**
 * Returns an IP address in its canonical form, without a zone such as `%eth0`.
 * An IPv4 address inside an IPv6 one (`::ffff:192.0.2.1`) is returned as IPv4,
 * and any other text unchanged.
 */
export function plainAddress(address: string): string {
  return parse(address)?.toString() ?? address;
}

/**
 * Returns the block by which limits count an address: an IPv4 address itself,
 * even inside an IPv6 one, or the first `bits` of an IPv6 address. A household
 * has a /64, so a client with one address there can use all of them; a site has
 * up to a /48.
 */
export function addressBlock(address: string, bits: 48 | 64 = 64): string {
  const parsed = parse(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed?.toString() ?? address;
  const groups = parsed.parts.slice(0, bits / 16);
  return groups.map((group) => group.toString(16)).join(":");
}

/** Returns the site (/48) of a block that `addressBlock` has returned. */
export function siteOf(block: string): string {
  return block.split(":").slice(0, 3).join(":");
}

function parse(address: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const text = address.replace(/%.*$/, "");
  return ipVersion(text) === undefined ? undefined : ipaddr.process(text);
}
