import { lookup } from "node:dns/promises";
import { request } from "node:https";
import { ipVersion, isPublicAddress } from "@/lib/base/ip_address.ts";

/** Time for the whole request, with its DNS query. */
const WITHIN_MS = 10_000;
/** Addresses of one host that are tried. */
const ADDRESSES_MAX = 3;

export interface PushRequest {
  url: URL;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** The part of a push service's answer that counts. */
export interface PushAnswer {
  status: number;
}

/** Sends a request to a push service. Rejects without an answer in time. */
export type PostPush = (request: PushRequest) => Promise<PushAnswer>;

export interface PostOptions {
  resolve?: (host: string) => Promise<string[]>;
  isAllowed?: (address: string) => boolean;
  port?: number;
  /** Certificate of an authority to trust. */
  ca?: string;
  withinMs?: number;
}

/**
 * Returns a function that sends requests to public addresses only, because a
 * subscription could name a host of the company's network. All addresses of the
 * host have to be public, and the connections go to them, so that a second DNS
 * answer changes nothing. No redirect is followed, and no body is
 * read.
 */
export function postToPublic(
  {
    resolve = addressesOf,
    isAllowed = isPublicAddress,
    port = 443,
    ca,
    withinMs = WITHIN_MS,
  }: PostOptions = {},
): PostPush {
  return async ({ url, headers, body }) => {
    const signal = AbortSignal.timeout(withinMs);
    const addresses = await orAborted(resolve(url.hostname), signal);
    if (addresses.length === 0 || !addresses.every(isAllowed)) {
      throw new Error(`Cannot push to ${url.hostname}: its address is private`);
    }
    let failure: unknown;
    for (const host of inOrder(addresses)) {
      try {
        return await send({ url, headers, body }, { host, port, signal, ca });
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  };
}

/** Few hosts have IPv6 only, and many servers have none. */
function inOrder(addresses: readonly string[]): string[] {
  const isIpv4 = (address: string) => ipVersion(address) === 4;
  const others = addresses.filter((address) => !isIpv4(address));
  return [...addresses.filter(isIpv4), ...others].slice(0, ADDRESSES_MAX);
}

async function send(
  { url, headers, body }: PushRequest,
  { host, port, signal, ca }: {
    host: string;
    port: number;
    signal: AbortSignal;
    ca: string | undefined;
  },
): Promise<PushAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<PushAnswer>();
  const sent = request({
    ...{ host, port, signal, servername: url.hostname },
    ...ca !== undefined && { ca },
    method: "POST",
    path: url.pathname + url.search,
    agent: false,
    headers: {
      ...headers,
      host: url.host,
      "content-length": String(body.length),
    },
  }, (response) => {
    response.destroy();
    resolve({ status: response.statusCode ?? 0 });
  });
  sent.on("error", reject);
  sent.end(body);
  return await promise;
}

async function addressesOf(host: string): Promise<string[]> {
  const all = await lookup(host, { all: true });
  return all.map(({ address }) => address);
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<T>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  return Promise.race([work, promise])
    .finally(() => signal.removeEventListener("abort", abort));
}
