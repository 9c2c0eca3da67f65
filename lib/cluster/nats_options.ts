import { isIP } from "node:net";
import { checkServerIdentity, type PeerCertificate } from "node:tls";
import {
  type Authenticator,
  type ConnectionOptions,
  credsAuthenticator,
  nkeyAuthenticator,
  Parser,
} from "@nats-io/transport-node";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { NatsAddress } from "./nats_address.ts";

/** Without it, the client would notice a cut cable only after four minutes. */
const PING_MS = 2_000;
/** Time limit of one try. */
const TRY_MS = 5_000;

/**
 * Removes the data from the errors of the client's parser, which prints them. If
 * this process is so busy that NATS counts as silent, the rest of a message that
 * the old connection has delivered gets to the new connection's parser, and
 * messages contain what visitors write. Pipes repair the loss.
 */
export function hideContents(): void {
  Parser.prototype.fail = (data, label = "parse error") =>
    new Error(`${label}: ${data.length} bytes`);
}

/** Returns the options of the NATS client, or what is wrong with the file of
 * credentials. `credentials` is its content, `pingMs` the time between pings. */
export function natsOptions(
  { servers, isTls, user, password, caFile }: NatsAddress,
  { credentials, pingMs = PING_MS }: {
    credentials?: string;
    pingMs?: number;
  },
): Result<ConnectionOptions, string> {
  const authenticator = credentials && authenticatorOf(credentials);
  if (authenticator instanceof Error) return err(authenticator.message);
  return ok({
    servers,
    name: "contact-widgets",
    timeout: TRY_MS,
    pingInterval: pingMs,
    maxPingOut: 2,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 100,
    reconnectJitter: 100,
    reconnectJitterTLS: 100,
    ignoreAuthErrorAbort: true,
    ...(isTls && { tls: tlsOptions(servers, caFile) }),
    ...(authenticator && { authenticator }),
    ...(user !== undefined && !authenticator && { user, pass: password }),
  });
}

/** The client passes on only host names, so for an address the certificate would
 * have to be for `localhost`. Here it has to be for an address of the setting. */
function tlsOptions(servers: readonly string[], caFile: string | undefined) {
  const addresses = servers.map((server) => server.replace(/:\d+$/, ""))
    .map((host) => host.replace(/^\[(.*)\]$/, "$1"))
    .filter((host) => isIP(host) !== 0);
  return {
    ...(caFile !== undefined && { caFile }),
    checkServerIdentity(host: string, certificate: PeerCertificate) {
      const hosts = host === "localhost" ? [host, ...addresses] : [host];
      const found = hosts.map((one) => checkServerIdentity(one, certificate));
      return found.includes(undefined) ? undefined : found.at(-1);
    },
  };
}

/** Returns the way to sign in with the content of a file of credentials. */
function authenticatorOf(content: string): Authenticator | Error {
  const text = content.replaceAll("\r\n", "\n");
  const bytes = new TextEncoder().encode(
    text.includes("-----") ? text : text.trim(),
  );
  const authenticator = text.includes("-----")
    ? credsAuthenticator(bytes)
    : nkeyAuthenticator(bytes);
  try {
    authenticator("nonce");
    return authenticator;
  } catch {
    return new Error(
      "The file of CW_NATS_CREDS has neither an nkey seed (SU…) nor NATS creds",
    );
  }
}
