const PREFIX = "sip:";

/**
 * Returns how messages name a PBX object. Digits that an administrator typed
 * are a number, where `+` becomes the prefix I (international, INFERRED); the
 * rest, and what {@linkcode addressOf} has marked, is a SIP-ID.
 */
export function endpointOf(address: string): { sip: string } | { num: string } {
  return isNumber(address)
    ? { num: address.replace("+", "I") }
    : { sip: sipIdOf(address) };
}

/** Returns the agent's address for a SIP-ID that the PBX's directory names. */
export function addressOf(sipId: string): string {
  return isNumber(sipId) ? PREFIX + sipId : sipId;
}

/** Returns the address without the mark of {@linkcode addressOf}. */
export function sipIdOf(address: string): string {
  return address.startsWith(PREFIX) ? address.slice(PREFIX.length) : address;
}

function isNumber(text: string): boolean {
  return /^\+?[0-9*#]+$/.test(text);
}
