/** The NATS servers of a service, and the way to sign in there. */
export interface NatsAddress {
  /** `host:port` or `host` each. */
  servers: string[];
  isTls: boolean;
  user?: string;
  password?: string;
  /** Path of a PEM file with the authorities to trust instead of the system's. */
  caFile?: string;
}

/** Continues "must", as in an error about a setting. */
export const NATS_ADDRESS_ALLOWED =
  "be like nats://host or tls://user:password@host1:4222,host2?ca=/path/ca.pem";

const ADDRESS =
  /^(nats|tls):\/\/(?:([^@/?\s]*)@)?([^@/?\s]+)\/?(?:\?ca=([^\s&?]+))?$/i;
const SERVER = /^(?:\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9._-]*))(?::(\d{1,5}))?$/i;

/**
 * Reads `nats://…` or `tls://…`; undefined if it is invalid. Servers are separated
 * by commas. A password with `@`, `/`, `?`, `:` or `%` is percent-encoded. The
 * NATS client rejects `tls:` URLs with a user, so it never gets the URL itself.
 */
export function readNatsAddress(text: string): NatsAddress | undefined {
  const [, scheme = "", account, hosts = "", ca] = ADDRESS.exec(text) ?? [];
  const servers = hosts.split(",");
  const isTls = scheme.toLowerCase() === "tls";
  if (!servers.every(isServer) || !isTls && ca !== undefined) return undefined;
  const [user, password] = splitOnce(account ?? "").map(decoded);
  const caFile = decoded(ca ?? "");
  if (account !== undefined && user === "") return undefined;
  if (user === undefined || password === undefined || caFile === undefined) {
    return undefined;
  }
  return {
    ...{ servers, isTls },
    ...(user && { user, password }),
    ...(caFile && { caFile }),
  };
}

function isServer(text: string): boolean {
  const [found, , port] = SERVER.exec(text) ?? [];
  return found !== undefined &&
    (port === undefined || Number(port) >= 1 && Number(port) <= 65_535);
}

function splitOnce(account: string): [user: string, password: string] {
  const at = account.indexOf(":");
  return at < 0 ? [account, ""] : [account.slice(0, at), account.slice(at + 1)];
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
