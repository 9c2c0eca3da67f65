import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import postgres from "postgres";
import { failureOf, PostgresFailure, READ_ONLY } from "./failure.ts";
import { FailedSocket, lost, openSocket } from "./sockets.ts";
import type { PostgresAddress, PostgresHost } from "./url.ts";

/** An open socket, with the last time at which the server sent something. */
interface OpenSocket {
  socket: Socket;
  host: PostgresHost;
  heardAt: number;
}

/**
 * The servers of one store, of which one takes writes. npm `postgres` could
 * choose among several itself, but it takes a standby of version 14 or later for
 * one that takes writes, and asks servers that refuse again and again without
 * waiting (src/connection.js in 3.4.9). So it gets its sockets from here.
 */
export class Servers {
  readonly #address: PostgresAddress;
  readonly #open = new Set<OpenSocket>();
  #writable: Promise<PostgresHost> | undefined;

  constructor(address: PostgresAddress) {
    this.#address = address;
  }

  /** Opens a socket to the server that takes writes. Never rejects: a failure
   * comes from the socket. */
  async connect(): Promise<Duplex> {
    try {
      const host = await this.find();
      const socket = await openSocket(host, this.#address).catch((error) => {
        throw failureOf(error, this.#address).at(nameOf(host));
      });
      return this.#watched(socket, host);
    } catch (error) {
      this.#writable = undefined;
      return new FailedSocket(failureOf(error, this.#address));
    }
  }

  /** Returns the server that takes writes. Rejects with one sentence. */
  find(): Promise<PostgresHost> {
    this.#writable ??= this.#find();
    return this.#writable;
  }

  /** Looks for the server again, before the next connection. */
  forget(): void {
    this.#writable = undefined;
  }

  /**
   * Drops connections on which nothing was received since `since`, so that
   * requests go to a server that answers. With `toOthers`, it keeps those to the
   * server that takes writes now, which is only slow and will still answer.
   */
  async drop(
    since: number,
    { toOthers }: { toOthers: boolean },
  ): Promise<void> {
    this.forget();
    const now = toOthers ? await this.find().catch(() => undefined) : undefined;
    for (const { socket, host, heardAt } of this.#open) {
      if (host !== now && heardAt <= since) socket.destroy();
    }
  }

  #watched(socket: Socket, host: PostgresHost): Socket {
    const open = { socket, host, heardAt: performance.now() };
    let isSilent = true;
    this.#open.add(open);
    socket.on("data", () => {
      open.heardAt = performance.now();
      isSilent = false;
    });
    // The client takes a close before the first answer for no failure, and
    // connects again immediately and forever, while its request waits.
    socket.on("end", () => {
      if (isSilent) socket.destroy(lost());
    });
    socket.on("close", () => {
      this.#open.delete(open);
      this.forget();
    });
    hideErrorOfClose(socket);
    return socket;
  }

  /** Asks all servers at the same time, because one that has failed may not even
   * refuse. A single one is not asked, because its first answer says the same. */
  async #find(): Promise<PostgresHost> {
    const { hosts } = this.#address;
    const [only, ...others] = hosts;
    if (only !== undefined && others.length === 0) return only;
    const reasons: PostgresFailure[] = [];
    const asked = hosts.map(async (host) => {
      try {
        await this.#ask(host);
        return host;
      } catch (error) {
        reasons[hosts.indexOf(host)] = failureOf(error, this.#address);
        throw error;
      }
    });
    try {
      return await Promise.any(asked);
    } catch {
      const text = reasons.map((one, n) => one.at(nameOf(hosts[n])).message);
      const isAway = reasons.some((reason) => reason.isAway);
      throw new PostgresFailure(text.join("; "), { isAway, cause: reasons[0] });
    }
  }

  async #ask(host: PostgresHost): Promise<void> {
    const address = this.#address;
    const socket = () =>
      openSocket(host, address)
        .catch((error) => new FailedSocket(failureOf(error, address)));
    const sql = postgres(clientOptions(address, 1, socket));
    try {
      await mustTakeWrites(sql);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}

/** Emits each close of a socket as one without an error. After a close with an
 * error, the client would never answer the requests that it got between that
 * error and the close, and would wait for up to 20 s before it connects again
 * (`closed` in src/connection.js). Callers wait between their tries. */
function hideErrorOfClose(socket: Socket): void {
  const emit = socket.emit.bind(socket);
  Object.assign(socket, {
    emit: (event: string, ...given: unknown[]) =>
      event === "close" ? emit(event, false) : emit(event, ...given),
  });
}

/** Rejects if the server can only be read. */
export async function mustTakeWrites(sql: postgres.Sql): Promise<void> {
  const [row] = await sql.unsafe<{ is_read_only: boolean }[]>(
    "select pg_is_in_recovery()" +
      " or current_setting('transaction_read_only')::bool as is_read_only",
  );
  if (row?.is_read_only === false) return;
  throw new PostgresFailure(READ_ONLY, { isAway: true });
}

/**
 * All options of npm `postgres`, because it takes missing ones from the variables
 * PGHOST, PGPASSWORD, PGSSL, … of the environment.
 */
export function clientOptions(
  address: PostgresAddress,
  max: number,
  socket: () => Promise<Duplex>,
) {
  return {
    max,
    socket,
    host: "postgres", // `socket` chooses.
    port: 5_432,
    user: address.user,
    pass: () => address.password,
    database: address.database,
    ssl: false,
    sslnegotiation: null,
    idle_timeout: 0,
    // The client leaves this timer if it is closed while it opens a connection.
    max_lifetime: null,
    connect_timeout: address.connectMs / 1_000,
    max_pipeline: 100,
    keep_alive: 30,
    prepare: address.prepare,
    debug: false,
    // The types of arrays, which we don't use: a request less.
    fetch_types: false,
    publications: "none",
    connection: { application_name: address.applicationName },
    onnotice: () => {},
  };
}

function nameOf(host: PostgresHost | undefined): string {
  if (host === undefined) return "";
  return host.host.includes(":")
    ? `[${host.host}]:${host.port}`
    : `${host.host}:${host.port}`;
}
