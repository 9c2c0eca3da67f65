/** Creates a widget's uuid: 32 hex digits, lower case. */
export function newUuid(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

/**
 * Creates an unguessable secret of 256 bits in 64 hex digits, safe in a URL.
 */
export function newToken(): string {
  return crypto.getRandomValues(new Uint8Array(32)).toHex();
}

/** Creates the id of an instance of the service: 64 random bits, so that no id
 * comes back. */
export function newInstanceId(): string {
  return crypto.getRandomValues(new Uint8Array(8)).toHex();
}

/** Returns the id under which the bank of one agent knows a contact that several
 * agents are asked to answer. `n` counts them. */
export function legId(contact: string, n: number): string {
  return `${contact}.${n}`;
}

/** Returns the id of the contact to which a leg belongs. A contact with one
 * agent has one leg, with the same id. */
export function contactOfLeg(leg: string): string {
  return leg.split(".", 1)[0] ?? leg;
}
