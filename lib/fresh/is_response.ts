/**
 * Whether a handler or page answered by itself. Servers may bring their own
 * `Response`, so the class says nothing.
 */
export function isResponse(value: unknown): value is Response {
  return typeof value === "object" && value !== null &&
    "arrayBuffer" in value && "headers" in value;
}
