/** Checks that a `switch` over a union is complete: a new member does not
 * compile. */
export function assertNever(value: never): never {
  throw new TypeError(`Cannot handle: ${JSON.stringify(value)}`);
}
