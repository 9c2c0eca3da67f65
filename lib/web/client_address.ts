import type { Context } from "fresh";

/** Returns the address by which limits count. */
export function clientAddress(
  { remoteAddr }: Context<unknown>["info"],
): string {
  return "hostname" in remoteAddr ? remoteAddr.hostname : "";
}
