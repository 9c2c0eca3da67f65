import ipaddr from "ipaddr.js";

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
/** Before the IPv4 address of a client of a socket that accepts both. */
const MAPPED = "::ffff:";

/** Returns the version of an IP address without a zone; undefined for any other
 * text. */
export function ipVersion(address: string): 4 | 6 | undefined {
  if (IPV4.test(address)) return 4;
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
  return ipv4(address) ?? parse(address)?.toString() ?? address;
}

/**
 * Returns the block by which limits count an address: an IPv4 address itself,
 * even inside an IPv6 one, or the first `bits` of an IPv6 address. A household
 * has a /64, so a client with one address there can use all of them; a site has
 * up to a /48.
 */
export function addressBlock(address: string, bits: 48 | 64 = 64): string {
  const short = ipv4(address);
  if (short !== undefined) return short;
  const parsed = parse(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed?.toString() ?? address;
  const groups = parsed.parts.slice(0, bits / 16);
  return groups.map((group) => group.toString(16)).join(":");
}

/** Returns the site (/48) of a block that `addressBlock` has returned. */
export function siteOf(block: string): string {
  return block.split(":").slice(0, 3).join(":");
}

/** True if an address belongs to no other host: of this one, of a link, or
 * none. */
export function isOwnHost(address: string): boolean {
  const parsed = parse(address);
  return parsed === undefined ||
    ["loopback", "linkLocal", "unspecified"].includes(parsed.range());
}

/** Recognizes most clients without ipaddr.js, which would take a tenth of the
 * time of a visitor's connect. */
function ipv4(address: string): string | undefined {
  const text = address.startsWith(MAPPED)
    ? address.slice(MAPPED.length)
    : address;
  return IPV4.test(text) ? text : undefined;
}

function parse(address: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const text = address.replace(/%.*$/, "");
  return ipVersion(text) === undefined ? undefined : ipaddr.process(text);
}

/** True for an address that the Internet routes: not a private, local, reserved
 * or translated one, nor a text that is no address. */
export function isPublicAddress(address: string): boolean {
  return parse(address)?.range() === "unicast";
}
