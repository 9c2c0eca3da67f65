/**
 * Returns the block by which limits count an address: an IPv4 address itself,
 * even inside an IPv6 one, or the first `bits` of an IPv6 address. A household
 * has a /64, so a client with one address there can use all of them; a site has
 * up to a /48.
 */
export function addressBlock(address: string, bits: 48 | 64 = 64): string {
  if (address.includes(".")) return address.split(":").at(-1) ?? address;
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const groups = groupsOf(head);
  if (tail !== undefined) {
    const after = groupsOf(tail);
    while (groups.length + after.length < 8) groups.push("0");
    groups.push(...after);
  }
  const first = groups.slice(0, bits / 16);
  return first.map((group) => group.replace(/^0+(?=.)/, "")).join(":");
}

function groupsOf(text: string): string[] {
  return text.split(":").filter((group) => group !== "");
}
