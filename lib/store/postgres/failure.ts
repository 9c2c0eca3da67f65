import type { PostgresAddress } from "./url.ts";

/** A failure of PostgreSQL in one sentence, which never contains a password. */
export class PostgresFailure extends Error {
  override name = "PostgreSQL";
  /** True if the server may be there a little later, as after its restart. */
  readonly isAway: boolean;

  constructor(
    message: string,
    { isAway = false, cause }: { isAway?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.isAway = isAway;
  }

  /** Names the server. */
  at(server: string): PostgresFailure {
    const { isAway, cause } = this;
    return new PostgresFailure(`${server}: ${this.message}`, { isAway, cause });
  }
}

/** Text of a failure of a server that takes no writes. */
export const READ_ONLY = "it is read-only, as a standby is";

/** Text of a failure of a store that this program has closed. */
const CLOSED = "the store is closed";

/** True if the same write may succeed a little later. */
export function isPassing(error: unknown): boolean {
  return error instanceof PostgresFailure && error.isAway &&
    !error.message.endsWith(CLOSED);
}

export function isReadOnly({ message }: PostgresFailure): boolean {
  return message === READ_ONLY;
}

type Named = Pick<PostgresAddress, "user" | "database" | "sslmode">;

/** Texts of errors by their code: those of a socket, of npm `postgres`, and of
 * the server (https://www.postgresql.org/docs/15/errcodes-appendix.html). */
const AWAY: Record<string, string> = {
  ECONNREFUSED: "the connection is refused",
  ECONNRESET: "the connection is lost",
  EPIPE: "the connection is lost",
  ENOENT: "there is no such socket",
  EHOSTUNREACH: "there is no way to the host",
  ENETUNREACH: "there is no way to the host",
  ENOTFOUND: "the host is unknown",
  EAI_AGAIN: "the host is unknown",
  CONNECT_TIMEOUT: "it does not let us sign in in time",
  CONNECTION_CLOSED: "the connection is lost",
  CONNECTION_DESTROYED: "the connection is lost",
  CONNECTION_ENDED: CLOSED,
  "25006": READ_ONLY,
  "53300": "it has too many connections",
  "57P01": "it is shutting down",
  "57P02": "it is restarting after a crash",
  "57P03": "it is starting or shutting down",
};

/** Returns a failure for whatever was thrown. */
export function failureOf(
  error: unknown,
  { user, database, sslmode }: Named,
): PostgresFailure {
  if (error instanceof PostgresFailure) return error;
  const { code, message } = detailsOf(error);
  const away = AWAY[code];
  if (away !== undefined) {
    return new PostgresFailure(away, { isAway: true, cause: error });
  }
  const text = textOf(code, message, { user, database, sslmode });
  return new PostgresFailure(text, { cause: error });
}

function textOf(code: string, message: string, address: Named): string {
  const user = JSON.stringify(address.user);
  switch (code) {
    case "28P01":
      return `the password of the user ${user} is wrong`;
    case "28000":
      return `the user ${user} may not sign in: ${message}`;
    case "3D000":
      return `there is no database ${JSON.stringify(address.database)}`;
    case "42501":
      return `the user ${user} lacks a right: ${message}`;
    case "53100":
      return `the disk is full: ${message}`;
  }
  if (/certificate|hostname|altname|unknown ?issuer|tls|ssl/i.test(message)) {
    return `TLS with sslmode=${address.sslmode} fails: ${message}`;
  }
  return message;
}

function detailsOf(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  const code = "code" in error && typeof error.code === "string"
    ? error.code
    : "";
  return { code, message: error.message };
}
