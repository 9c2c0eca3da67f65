import type { IncomingMessage } from "node:http";
import type { Claims } from "./peer.ts";

/** Headers that proxies add. */
const FORWARDED = ["x-forwarded-for", "forwarded", "x-real-ip", "via"];

/** Returns the addresses and the scheme that a connection and its proxies
 * report. */
export function claimsOf(incoming: IncomingMessage): Claims {
  return {
    remote: incoming.socket.remoteAddress ?? "",
    forwardedFor: text(incoming.headers["x-forwarded-for"]),
    forwardedProto: text(incoming.headers["x-forwarded-proto"]),
  };
}

/** True if a header says that a proxy has forwarded the connection. */
export function isForwarded({ headers }: IncomingMessage): boolean {
  return FORWARDED.some((name) => headers[name] !== undefined);
}

/** Returns the URL of a request, or null if it is malformed. */
export function urlOf(
  { url, headers }: IncomingMessage,
  scheme: "http" | "https",
): URL | null {
  return URL.parse(url ?? "", `${scheme}://${headers.host ?? "localhost"}`);
}

/** Returns a request with these headers, for handlers that need no body. */
export function toRequest(incoming: IncomingMessage, url: URL): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers.set(name, text(value) ?? "");
  }
  return new Request(url, { headers });
}

function text(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(", ") : value;
}
