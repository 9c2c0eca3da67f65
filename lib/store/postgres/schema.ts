import type postgres from "postgres";
import { PostgresFailure } from "./failure.ts";

/** The quoted names of a store's table and of the function that commits. */
export interface StoreNames {
  table: string;
  commit: string;
}

const TABLE = "contact_widgets_kv";
/** A new version of the function needs another number, because two versions of
 * the program may use a store at the same time. */
const COMMIT = "contact_widgets_commit_1";

/** Locks of one store. Keys share them, so that a commit of a thousand keys does
 * not fill the server's table of locks, which has at least 6,400. */
const LOCKS = 4_096;

/**
 * Returns the names of a store's table and function, if they exist, and if the
 * user could create them. `schema` is "" for the first schema of the user's
 * search_path. Rejects if there is no such schema.
 */
export async function findStore(
  sql: postgres.Sql,
  schema: string,
): Promise<{ names: StoreNames; isThere: boolean; mayCreate: boolean }> {
  const [row] = await sql.unsafe<Found[]>(
    `select schema, to_regclass(format('%I.%I', schema, $2::text)) is not null
       and exists (select from pg_proc where pronamespace = n.oid
         and proname = $3::text) as is_there,
       has_schema_privilege(n.oid, 'create') as may_create
     from (select coalesce(nullif($1::text, ''), current_schema())::text schema) s
     left join pg_namespace n on n.nspname = schema`,
    [schema, TABLE, COMMIT],
  );
  if (!row?.schema || row.may_create === null) {
    throw new PostgresFailure(
      schema === ""
        ? "the search_path of the user names no schema that exists"
        : `there is no schema ${JSON.stringify(schema)}`,
    );
  }
  const name = (own: string) => `${quoted(row.schema)}.${quoted(own)}`;
  return {
    names: { table: name(TABLE), commit: name(COMMIT) },
    isThere: row.is_there,
    mayCreate: row.may_create,
  };
}

interface Found {
  schema: string;
  is_there: boolean;
  may_create: boolean | null;
}

/** Creates the table, the sequence and the function of a store. Two first starts
 * at the same time wait for each other. */
export async function createStore(
  sql: postgres.Sql,
  names: StoreNames,
): Promise<void> {
  await sql.begin(async (tx) => {
    await tx.unsafe(
      `select pg_advisory_xact_lock(hashtext('contact_widgets'), 0)`,
    );
    await tx.unsafe(tableOf(names) + commitOf(names));
  });
}

function tableOf({ table }: StoreNames): string {
  return `
    create table if not exists ${table} (
      k bytea primary key, v bytea not null, version bigint not null,
      expires_at timestamptz);
    create index if not exists contact_widgets_kv_expires
      on ${table} (expires_at) where expires_at is not null;
    create sequence if not exists ${sequenceOf(table)};`;
}

/**
 * The function that makes one commit, in one request. It locks each key that is
 * checked or changed until the commit is done, also one that doesn't exist, which
 * a lock of a row could not do; in the order of the locks, so that two commits
 * never wait for each other. Each statement in it sees what was committed before
 * it began, and so also what was committed while it waited for a lock.
 */
function commitOf({ table, commit }: StoreNames): string {
  return `
    create or replace function ${commit}(checked bytea[], stamps bigint[],
      changed bytea[], contents bytea[], lives bigint[])
    returns bigint language plpgsql as $commit$
    declare
      own_lock int;
      own_stamp bigint;
      at timestamptz;
    begin
      for own_lock in
        select distinct hashtext(encode(c.k, 'hex')) & ${LOCKS - 1}
        from unnest(checked || changed) c(k) order by 1
      loop
        perform pg_advisory_xact_lock(hashtext(${literal(table)}), own_lock);
      end loop;
      at := clock_timestamp();
      if exists (
        select from unnest(checked, stamps) c(k, stamp)
        left join ${table} t
          on t.k = c.k and (t.expires_at is null or t.expires_at > at)
        where coalesce(t.version, 0) <> c.stamp)
      then
        return null;
      end if;
      own_stamp := nextval(${literal(sequenceOf(table))});
      delete from ${table} t using unnest(changed, contents) c(k, v)
        where t.k = c.k and c.v is null;
      insert into ${table} as t (k, v, version, expires_at)
        select c.k, c.v, own_stamp, at + c.life * interval '1 ms'
        from unnest(changed, contents, lives) c(k, v, life)
        where c.v is not null
        on conflict (k) do update set v = excluded.v,
          version = excluded.version, expires_at = excluded.expires_at;
      return own_stamp;
    end $commit$;`;
}

function sequenceOf(table: string): string {
  return table.replace(/"$/, '_stamp"');
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
