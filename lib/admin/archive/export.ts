import type { Clock } from "@/lib/base/clock.ts";
import { HashedToken } from "@/lib/store/api_token_store.ts";
import type { Store } from "@/lib/store/open.ts";
import { withoutUnknown } from "@/lib/store/unknown_members.ts";
import { NO_APP_PASSWORD, type StoredAppPassword } from "./app_password.ts";
import { NO_PUSH_KEY, type StoredPushKey } from "./push_key.ts";
import { type ArchiveLine, FORMAT_VERSION } from "./line.ts";
import { seal, type Secrets } from "./secrets.ts";

export interface ExportOptions {
  clock: Pick<Clock, "now">;
  /** If absent, secrets are left out. */
  passphrase?: string;
  appPassword?: StoredAppPassword;
  pushKey?: StoredPushKey;
}

/**
 * Returns all stored data except sessions as the lines of an archive, while the
 * service runs. Each widget is complete; changes during the export may be
 * included or not. Password hashes, the App password of the PBX, the key of push
 * notifications and the tokens of programs are included only with a passphrase,
 * and encrypted. Devices end
 * with their sessions, so they are left out.
 */
export async function* exportLines(
  store: Store,
  options: ExportOptions,
): AsyncGenerator<string> {
  let lines = 0;
  for await (const line of linesOf(store, options)) {
    yield text(line);
    lines++;
  }
  yield text({ is: "end", lines });
}

async function* linesOf(
  store: Store,
  { clock, passphrase, ...stored }: ExportOptions,
): AsyncGenerator<ArchiveLine> {
  const madeAt = clock.now();
  yield {
    is: "contact-widgets-archive",
    formatVersion: FORMAT_VERSION,
    madeAt,
  };
  if (passphrase !== undefined) {
    const secrets = await secretsOf(store, stored);
    yield { is: "secrets", sealed: await seal(secrets, passphrase) };
  }
  for await (const { id, type, bytes } of store.pictures.list()) {
    yield { is: "picture", id, type, base64: bytes.toBase64() };
  }
  for (const { value } of await store.accounts.list()) {
    yield { is: "account", account: value };
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
  for await (const inquiry of store.inquiries.all()) {
    yield { is: "message", inquiry };
  }
  for (const block of await store.blocks.list()) {
    yield { is: "block", block };
  }
  for await (const reply of store.savedReplies.all()) {
    yield { is: "saved reply", reply };
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
): AsyncGenerator<ArchiveLine> {
  for (const { version } of await history.list(uuid, current)) {
    const found = await history.get(uuid, version);
    if (found !== undefined) yield { is: "version", uuid, ...found };
  }
}

async function secretsOf(
  { accounts, apiTokens }: Store,
  { appPassword: password = NO_APP_PASSWORD, pushKey: key = NO_PUSH_KEY }: Pick<
    ExportOptions,
    "appPassword" | "pushKey"
  >,
): Promise<Secrets> {
  const passwordHashes: Record<string, string> = {};
  for (const { value: { id } } of await accounts.list()) {
    const hash = await accounts.passwordHash(id);
    if (hash !== undefined) passwordHashes[id] = hash;
  }
  const appPassword = await password.get();
  const pushKey = await key.get();
  const tokens = (await apiTokens.hashed())
    .map((token) => withoutUnknown(HashedToken, token));
  return {
    passwordHashes,
    ...(appPassword !== undefined && { appPassword }),
    ...(pushKey !== undefined && { pushKey }),
    ...(tokens.length > 0 && { apiTokens: tokens }),
  };
}

function text(line: ArchiveLine): string {
  return JSON.stringify(line) + "\n";
}
