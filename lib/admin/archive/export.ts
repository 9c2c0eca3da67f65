import type { Clock } from "@/lib/base/clock.ts";
import type { Store } from "@/lib/store/open.ts";
import { FORMAT_VERSION, type Line } from "./line.ts";
import { seal } from "./secrets.ts";

/**
 * Everything that is stored but sessions, as the lines of an archive, while the
 * service runs on: each widget is whole, what is saved meanwhile may be in or not.
 * Hashes of passwords are in it only with a passphrase, and encrypted.
 */
export async function* exportLines(
  store: Store,
  { clock, passphrase }: { clock: Pick<Clock, "now">; passphrase?: string },
): AsyncGenerator<string> {
  let lines = 0;
  for await (const line of linesOf(store, clock, passphrase)) {
    yield text(line);
    lines++;
  }
  yield text({ is: "end", lines });
}

async function* linesOf(
  store: Store,
  clock: Pick<Clock, "now">,
  passphrase: string | undefined,
): AsyncGenerator<Line> {
  const madeAt = clock.now();
  yield {
    is: "contact-widgets-archive",
    formatVersion: FORMAT_VERSION,
    madeAt,
  };
  if (passphrase !== undefined) yield await secretsOf(store, passphrase);
  for (const { value } of await store.accounts.list()) {
    yield { is: "account", account: value };
  }
  for await (const { id, type, bytes } of store.pictures.list()) {
    yield { is: "picture", id, type, base64: bytes.toBase64() };
  }
  for (const { value, version, by } of await store.widgets.list()) {
    yield { is: "widget", value, version, by };
    yield* versionsOf(store, value.uuid, version);
  }
  for await (
    const record of store.contactRecords.list({ from: 0, to: madeAt })
  ) {
    yield { is: "contact", record };
  }
  for await (const row of store.statistics.all()) {
    yield { is: "statistics", row };
  }
  for (const last of await store.presences.list()) {
    yield { is: "presence", last };
  }
  for await (const entry of store.audit.all()) yield { is: "change", entry };
}

async function* versionsOf(
  { widgets: { history } }: Store,
  uuid: string,
  current: number,
): AsyncGenerator<Line> {
  for (const { version } of await history.list(uuid, current)) {
    const found = await history.get(uuid, version);
    if (found !== undefined) yield { is: "version", uuid, ...found };
  }
}

async function secretsOf(
  { accounts }: Store,
  passphrase: string,
): Promise<Line> {
  const passwordHashes: Record<string, string> = {};
  for (const { value: { id } } of await accounts.list()) {
    const hash = await accounts.passwordHash(id);
    if (hash !== undefined) passwordHashes[id] = hash;
  }
  return { is: "secrets", sealed: await seal({ passwordHashes }, passphrase) };
}

function text(line: Line): string {
  return JSON.stringify(line) + "\n";
}
