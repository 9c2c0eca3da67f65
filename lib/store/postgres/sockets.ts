import { readFile } from "node:fs/promises";
import { connect, isIP, type Socket } from "node:net";
import { Duplex } from "node:stream";
import { connect as connectTls, getCACertificates } from "node:tls";
import { keepErrorListener } from "@/lib/base/error_listener.ts";
import { PostgresFailure } from "./failure.ts";
import type { PostgresAddress, PostgresHost } from "./url.ts";

/** The request for TLS, before anything else is sent
 * (https://www.postgresql.org/docs/15/protocol-message-formats.html). */
const SSL_REQUEST = new Uint8Array([0, 0, 0, 8, 4, 210, 22, 47]);
const SSL_ACCEPTED = "S";

/** Opens a socket to one server, with TLS if the address asks for it. */
export async function openSocket(
  { host, port }: PostgresHost,
  address: PostgresAddress,
): Promise<Socket> {
  const plain = keepErrorListener(
    host.startsWith("/")
      ? connect({ path: `${host}/.s.PGSQL.${port}` })
      : connect({ host, port }),
  );
  const { sslmode, connectMs } = address;
  let socket = plain;
  const timer = setTimeout(() => {
    const text = `no answer within ${connectMs / 1_000} s`;
    socket.destroy(new PostgresFailure(text, { isAway: true }));
  }, connectMs);
  try {
    await next(plain, "connect");
    if (sslmode === "disable") return plain;
    plain.write(SSL_REQUEST);
    const answer = await next(plain, "data");
    if (String(answer) !== SSL_ACCEPTED) {
      throw new PostgresFailure(
        `the server does not offer TLS, which sslmode=${sslmode} needs`,
      );
    }
    const ca = await trusted(address);
    if (plain.destroyed) throw lost();
    socket = keepErrorListener(connectTls({
      socket: plain,
      ...(isIP(host) === 0 && { servername: host }),
      host,
      rejectUnauthorized: sslmode === "verify-full",
      ...(ca !== undefined && { ca }),
    }));
    await next(socket, "secureConnect");
    return socket;
  } catch (error) {
    socket.destroy();
    plain.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Returns the certificates that sign the server's one; undefined for those that
 * the program trusts. */
async function trusted(
  { sslrootcert }: PostgresAddress,
): Promise<string | string[] | undefined> {
  if (sslrootcert === "") return undefined;
  if (sslrootcert === "system") return getCACertificates("system");
  try {
    return await readFile(sslrootcert, "utf8");
  } catch (error) {
    throw new PostgresFailure(`sslrootcert cannot be read: ${error}`);
  }
}

/** Returns the failure of a connection that was closed. */
export function lost(): PostgresFailure {
  return new PostgresFailure("the connection is lost", { isAway: true });
}

/** Resolves with the next event of a socket; rejects if it fails or closes. */
async function next(socket: Socket, event: string): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const closed = () => reject(lost());
  socket.once(event, resolve).once("error", reject).once("close", closed);
  try {
    return await promise;
  } finally {
    socket.off(event, resolve).off("error", reject).off("close", closed);
  }
}

/**
 * A socket that fails at the first write. npm `postgres` expects a socket even if
 * there is none: its connection would be lost for ever if opening one rejected.
 */
export class FailedSocket extends Duplex {
  readonly #error: Error;

  constructor(error: Error) {
    super();
    this.#error = error;
  }

  override _read(): void {}

  override _write(
    _bytes: unknown,
    _encoding: string,
    done: (error: Error) => void,
  ): void {
    done(this.#error);
  }
}
