/**
 * Returns the place of `own` among all, 0 for the one that has the key. Each
 * process that knows the same names gets the same order, and when one leaves,
 * only its keys move (rendezvous hashing).
 */
export function rendezvousRank(
  key: string,
  own: string,
  others: readonly string[],
): number {
  const weight = hash(`${key} ${own}`);
  return others.filter((other) => {
    const theirs = hash(`${key} ${other}`);
    return theirs > weight || theirs === weight && other > own;
  }).length;
}

/** Returns 32 bits (FNV-1a with a finalizer, because names differ only at their
 * ends). */
function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  }
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
