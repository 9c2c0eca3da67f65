/**
 * How a PBX object is named in messages. INFERRED: digits are a number, where
 * `+` is the prefix I (international); everything else is a SIP-ID.
 */
export function endpointOf(address: string): { sip: string } | { num: string } {
  return /^\+?[0-9*#]+$/.test(address)
    ? { num: address.replace("+", "I") }
    : { sip: address };
}
