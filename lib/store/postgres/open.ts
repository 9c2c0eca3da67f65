import postgres from "postgres";
import type { Clock } from "@/lib/base/clock.ts";
import { PostgresEngine } from "./engine.ts";
import { failureOf, PostgresFailure } from "./failure.ts";
import { createStore, findStore } from "./schema.ts";
import { clientOptions, mustTakeWrites, Servers } from "./servers.ts";
import { type PostgresAddress, readPostgresUrl } from "./url.ts";

/** Connections of one engine, which are opened when they are needed. */
const CONNECTIONS = 8;

export interface PostgresOptions {
  connections?: number;
  /** Tells when to delete expired values. */
  clock?: Pick<Clock, "after">;
}

/**
 * Opens the store at a URL of PostgreSQL, and creates its table, its sequence and
 * its function at the first start. Rejects with a PostgresFailure.
 */
export async function openPostgres(
  url: string,
  { connections = CONNECTIONS, ...options }: PostgresOptions = {},
): Promise<PostgresEngine> {
  return await withClient(url, connections, async (client) => {
    const { sql, address } = client;
    const { names, isThere } = await findStore(sql, address.schema);
    if (!isThere) await createStore(sql, names);
    return new PostgresEngine({ ...client, ...options, names });
  });
}

/**
 * Returns whether there is a store at a URL of PostgreSQL, and changes nothing.
 * Rejects with a PostgresFailure, also if there is none and the user could not
 * create one.
 */
export async function isPostgresStore(url: string): Promise<boolean> {
  return await withClient(url, 1, async ({ sql, address }) => {
    const { isThere, mayCreate, names } = await findStore(sql, address.schema);
    await sql.end({ timeout: 1 });
    if (isThere || mayCreate) return isThere;
    throw new PostgresFailure(
      `the user ${JSON.stringify(address.user)} lacks the right to create` +
        ` ${names.table}`,
    );
  });
}

interface Client {
  sql: postgres.Sql;
  servers: Servers;
  address: PostgresAddress;
}

async function withClient<T>(
  url: string,
  max: number,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const address = readPostgresUrl(url);
  if (!address.ok) throw new PostgresFailure(`the URL ${address.error}`);
  const servers = new Servers(address.value);
  const sql = postgres(
    clientOptions(address.value, max, () => servers.connect()),
  );
  try {
    await mustTakeWrites(sql);
    return await use({ sql, servers, address: address.value });
  } catch (error) {
    await sql.end({ timeout: 1 });
    throw failureOf(error, address.value);
  }
}
