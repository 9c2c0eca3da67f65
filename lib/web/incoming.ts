import type { IncomingMessage } from "node:http";
import type { Claims } from "./peer.ts";

/** Returns the addresses and scheme that a connection and its proxies state. */
export function claimsOf(incoming: IncomingMessage): Claims {
  return {
    remote: incoming.socket.remoteAddress ?? "",
    forwardedFor: text(incoming.headers["x-forwarded-for"]),
    forwardedProto: text(incoming.headers["x-forwarded-proto"]),
  };
}

/** Returns the URL that a request was sent to, or null if it is malformed. */
export function urlOf(
  { url, headers }: IncomingMessage,
  scheme: "http" | "https",
): URL | null {
  return URL.parse(url ?? "", `${scheme}://${headers.host ?? "localhost"}`);
}

/** Returns a request with these headers, for what needs no body. */
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
