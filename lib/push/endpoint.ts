import { ECDH } from "node:crypto";
import * as v from "valibot";
import { ipVersion } from "@/lib/base/ip_address.ts";
import { parseUrl } from "@/lib/base/parse_url.ts";

const ENDPOINT_LENGTH_MAX = 1_024;
const base64url = (bytes: number) => {
  const length = Math.ceil(bytes * 4 / 3);
  return v.pipe(
    v.string(),
    v.regex(new RegExp(`^[\\w-]{${length}}$`), `must be ${bytes} bytes`),
  );
};

/** Address at a push service: https on its default port, by name. */
export const PushEndpoint = v.pipe(
  v.string(),
  v.maxLength(ENDPOINT_LENGTH_MAX, "must be shorter"),
  v.check(isEndpoint, "must be the https URL of a push service"),
);

/** A subscription as a browser returns it. */
export const BrowserSubscription = v.object({
  endpoint: PushEndpoint,
  keys: v.object({
    p256dh: v.pipe(base64url(65), v.check(isPoint, "must be a P-256 key")),
    auth: base64url(16),
  }),
});
export type BrowserSubscription = v.InferOutput<typeof BrowserSubscription>;

/** True for a point of the curve; a push could not be encrypted for another
 * key. */
function isPoint(p256dh: string): boolean {
  try {
    ECDH.convertKey(p256dh, "prime256v1", "base64url");
    return true;
  } catch {
    return false;
  }
}

function isEndpoint(text: string): boolean {
  const url = parseUrl(text);
  if (url === undefined || url.protocol !== "https:") return false;
  const { hostname, port, username, password, hash } = url;
  if (port !== "" || username !== "" || password !== "" || hash !== "") {
    return false;
  }
  const isAddress = ipVersion(hostname.replace(/^\[|\]$/g, "")) !== undefined;
  return !isAddress && hostname.includes(".");
}
