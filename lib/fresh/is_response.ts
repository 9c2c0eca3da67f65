/**
 * True if a handler or page returned a response. Servers may have their own
 * `Response`, so `instanceof` does not work.
 */
export function isResponse(value: unknown): value is Response {
  return typeof value === "object" && value !== null &&
    "arrayBuffer" in value && "headers" in value;
}
