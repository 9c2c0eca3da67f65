import * as v from "valibot";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
/** Push services refuse tokens that are valid for more than 24 hours. */
const VALID_SECONDS = 12 * 3_600;

const Coordinate = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));

/** A private key on P-256, whose public part identifies this service to the
 * push services (RFC 8292). */
export const VapidKey = v.object({
  x: Coordinate,
  y: Coordinate,
  d: Coordinate,
});
export type VapidKey = v.InferOutput<typeof VapidKey>;

export async function newVapidKey(): Promise<VapidKey> {
  const { privateKey } = await crypto.subtle
    .generateKey(CURVE, true, ["sign", "verify"]);
  return v.parse(VapidKey, await crypto.subtle.exportKey("jwk", privateKey));
}

/** Returns the public part, as browsers need it to subscribe. */
export function publicPart({ x, y }: VapidKey): string {
  const point = [x, y].map((one) => Uint8Array.fromBase64(one, BASE64URL));
  return base64url(new Uint8Array([4, ...point.flatMap((one) => [...one])]));
}

/** Returns the header `Authorization` of a request to the push service at
 * `origin`. `contact` is the URL of the service, and `now` is in ms since 1970. */
export async function vapidHeader(
  key: VapidKey,
  { origin, contact, now }: { origin: string; contact: string; now: number },
): Promise<string> {
  const exp = Math.floor(now / 1_000) + VALID_SECONDS;
  const token = [
    { typ: "JWT", alg: "ES256" },
    { aud: origin, exp, sub: contact },
  ].map((part) => base64url(new TextEncoder().encode(JSON.stringify(part))))
    .join(".");
  const jwk = { kty: "EC", crv: "P-256", ...key };
  const signer = await crypto.subtle
    .importKey("jwk", jwk, CURVE, false, ["sign"]);
  const signature = await crypto.subtle.sign(
    { name: "ECDSA", hash: "SHA-256" },
    signer,
    new TextEncoder().encode(token),
  );
  const signed = `${token}.${base64url(new Uint8Array(signature))}`;
  return `vapid t=${signed}, k=${publicPart(key)}`;
}

const BASE64URL = { alphabet: "base64url" } as const;

function base64url(bytes: Uint8Array): string {
  return bytes.toBase64({ ...BASE64URL, omitPadding: true });
}
