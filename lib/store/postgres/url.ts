import { isIP } from "node:net";
import * as v from "valibot";
import { err, ok, type Result } from "@/lib/base/result.ts";

/** A server, or the folder of its socket, which begins with `/`. */
export interface PostgresHost {
  host: string;
  port: number;
}

/** The parts of a `postgres://` URL. */
export interface PostgresAddress {
  /** The servers, of which the store uses the one that takes writes. */
  hosts: PostgresHost[];
  user: string;
  password: string;
  database: string;
  sslmode: "disable" | "require" | "verify-full";
  /** A file with the certificates to trust, `system` for those of this host, or
   * "" for those of the program. */
  sslrootcert: string;
  /** Time to connect to a server and to sign in. */
  connectMs: number;
  applicationName: string;
  /** The schema of the tables; "" for the first one of the role's own path. */
  schema: string;
  /** False for a pool that gives each statement another connection. */
  prepare: boolean;
}

const LIKE =
  "be like postgres://user:password@host1,host2/database?sslmode=verify-full";
const ENCODE = `${LIKE}; in a user, a password or a database, write each of` +
  " : / ? # [ ] @ % as %3A %2F %3F %23 %5B %5D %40 %25";

const DEFAULT_PORT = 5_432;
/** Less than the time that a request to the store may take. */
const CONNECT_SECONDS = "3";

const text = (must: string, allowed: RegExp) =>
  v.optional(v.pipe(v.string(), v.regex(allowed, must)));

/** Their names and meanings are those of PostgreSQL's own client library
 * (https://www.postgresql.org/docs/15/libpq-connect.html), but `schema` and
 * `prepare`, which it does not have. */
const Parameters = v.strictObject({
  host: text("must be the folder of a socket, such as /run/postgresql", /^\//),
  // A store that can only be read would be of no use.
  target_session_attrs: text(
    "must be read-write or primary",
    /^(read-write|primary)$/,
  ),
  sslmode: v.optional(
    v.picklist(
      ["disable", "require", "verify-full"],
      "must be verify-full, require or disable",
    ),
  ),
  sslrootcert: text("must be the path of a file, or system", /^[^\p{Cc}]+$/u),
  connect_timeout: text("must be 1 to 60 seconds", /^([1-9]|[1-5]\d|60)$/),
  application_name: text("must be one line of ASCII", /^[ -~]{1,63}$/),
  schema: text(
    "must be the name of a schema",
    /^[\p{L}_][\p{L}\p{N}_$]{0,62}$/u,
  ),
  prepare: text("must be true or false", /^(true|false)$/),
});
type Parameters = v.InferOutput<typeof Parameters>;

/** True for the URL of a store on PostgreSQL. */
export function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:/i.test(text);
}

/**
 * Reads a URL of PostgreSQL. The error continues "must" or names the parameter,
 * and never contains the password.
 */
export function readPostgresUrl(
  url: string,
): Result<PostgresAddress, string> {
  const [, userinfo, places, database, query] =
    /^postgres(?:ql)?:\/\/(?:([^@/?#]*)@)?([^@/?#]*)\/([^/?#]+)(?:\?([^#]*))?$/i
      .exec(url) ?? [];
  if (places === undefined) return err(`must ${ENCODE}`);
  const parameters = readParameters(query ?? "");
  if (!parameters.ok) return parameters;
  const [user, ...password] = (userinfo ?? "").split(":");
  const names = decodeAll([user ?? "", password.join(":"), database ?? ""]);
  const hosts = readHosts(places, parameters.value.host);
  if (!names || !names[0] || !names[2]) return err(`must ${ENCODE}`);
  if (hosts === undefined) return err(`must ${LIKE}`);
  const wrong = tlsError(hosts, parameters.value);
  if (wrong !== undefined) return err(wrong);
  const given = parameters.value;
  return ok({
    hosts,
    user: names[0],
    password: names[1] ?? "",
    database: names[2],
    sslmode: given.sslmode ?? "disable",
    sslrootcert: given.sslrootcert ?? "",
    connectMs: Number(given.connect_timeout ?? CONNECT_SECONDS) * 1_000,
    applicationName: given.application_name ?? "contact-widgets",
    schema: given.schema ?? "",
    prepare: given.prepare !== "false",
  });
}

/**
 * Replaces the passwords of a URL, for logs and messages. Any other text, such as
 * the path of a file, stays unchanged.
 */
export function withoutPassword(pathOrUrl: string): string {
  return pathOrUrl
    .replace(/^([a-z][a-z0-9+.-]*:\/\/[^:/?#@\s]*):.*@/is, "$1:***@")
    .replace(/([?&](?:ssl)?password=)[^&#]*/gi, "$1***");
}

function readParameters(query: string): Result<Parameters, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    if (name in given) return err(`has the parameter ${name} twice`);
    given[name] = value;
  }
  const read = v.safeParse(Parameters, given);
  if (read.success) return ok(read.output);
  const [{ path, type, message }] = read.issues;
  const name = String(path?.[0]?.key);
  if (type !== "strict_object") {
    return err(`has the parameter ${name}, which ${message}`);
  }
  const known = Object.keys(Parameters.entries).join(", ");
  return err(`has the unknown parameter ${name}; there are ${known}`);
}

function decodeAll(texts: string[]): string[] | undefined {
  try {
    const decoded = texts.map(decodeURIComponent);
    return decoded.some((text) => /\p{Cc}/u.test(text)) ? undefined : decoded;
  } catch {
    return undefined; // A % that begins no character.
  }
}

function readHosts(
  places: string,
  folder: string | undefined,
): PostgresHost[] | undefined {
  if (folder !== undefined) {
    return places === "" ? [{ host: folder, port: DEFAULT_PORT }] : undefined;
  }
  const hosts = places.split(",").map(readHost);
  return hosts.every((host) => host !== undefined) ? hosts : undefined;
}

/** Reads `name`, `name:port`, `[::1]:port`, or `%2Frun%2Fpostgresql` for a
 * folder. */
function readHost(place: string): PostgresHost | undefined {
  const [, six, name = "", port] =
    /^(?:\[([^\]]*)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(place) ?? [];
  const [host] = decodeAll([six ?? name]) ?? [];
  const number = port === undefined ? DEFAULT_PORT : Number(port);
  const isHost = host !== undefined &&
    (six === undefined
      ? /^\/|^[A-Za-z0-9]([A-Za-z0-9._-]{0,252})$/.test(host)
      : isIP(six) === 6);
  return isHost && number >= 1 && number <= 65_535
    ? { host, port: number }
    : undefined;
}

/** A password, and all data, would travel without protection unless the operator
 * has said so. */
function tlsError(
  hosts: PostgresHost[],
  { sslmode, sslrootcert }: Parameters,
): string | undefined {
  const far = hosts.find(({ host }) => !isHere(host));
  if (sslmode === undefined && far !== undefined) {
    return `needs the parameter sslmode (verify-full, require or disable),` +
      ` because ${far.host} is another host`;
  }
  const socket = hosts.some(({ host }) => host.startsWith("/"));
  if (socket && sslmode !== undefined && sslmode !== "disable") {
    return "has the parameter sslmode, which must be disable for a socket";
  }
  if (sslrootcert !== undefined && sslmode !== "verify-full") {
    return "has the parameter sslrootcert, which needs sslmode=verify-full";
  }
  return undefined;
}

/** True for this host, to which nothing travels over a network. */
function isHere(host: string): boolean {
  return host.startsWith("/") || /^(localhost|127\..*|::1)$/i.test(host);
}
