const PREFIX = "sip:";

/**
 * Returns how messages name a PBX object. Digits that an administrator typed
 * are a number, in which `+` becomes the prefix I (international, INFERRED).
 * Everything else, and every address marked by {@linkcode addressOf}, is a
 * SIP-ID.
 */
export function endpointOf(address: string): { sip: string } | { num: string } {
  return isNumber(address)
    ? { num: address.replace("+", "I") }
    : { sip: sipIdOf(address) };
}

/** Returns the agent's address for a SIP-ID from the PBX's directory. */
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
