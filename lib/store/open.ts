import { dirname } from "node:path";
import { type Clock, stampsOf, systemClock } from "@/lib/base/clock.ts";
import { newInstanceId } from "@/lib/base/ids.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { AccountStore } from "./account_store.ts";
import { ApiAnswerStore } from "./api_answer_store.ts";
import { ApiTokenStore } from "./api_token_store.ts";
import { AuditLog } from "./audit_log.ts";
import { BlockStore } from "./block_store.ts";
import { HomeClaims } from "./claims.ts";
import { ContactRecordStore } from "./contact_record_store.ts";
import type { StoreEngine } from "./store_engine.ts";
import { InquiryStore } from "./inquiry_store.ts";
import { MailStore } from "./mail_store.ts";
import { InstanceStore } from "./instance_store.ts";
import {
  checkSameSchema,
  checkSchema,
  migrate,
  type StoreIsNewer,
  type StoreIsOlder,
} from "./migrations.ts";
import { isStorePath, openEngine } from "./open_engine.ts";
import { whyNotOpened } from "./reach.ts";
import { OwnAccountStore } from "./own_account_store.ts";
import { patient } from "./patience.ts";
import { PictureStore } from "./picture_store.ts";
import { withoutPassword } from "./postgres/url.ts";
import { PresenceStore } from "./presence_store.ts";
import { PushStore } from "./push_store.ts";
import { RunningChatStore } from "./running_chat_store.ts";
import { SavedReplyStore } from "./saved_reply_store.ts";
import { SessionStore } from "./session_store.ts";
import { SettingsStore } from "./settings_store.ts";
import { SignInPlaceStore } from "./sign_in_place_store.ts";
import { StatisticsStore } from "./statistics_store.ts";
import { TaskStore } from "./task_store.ts";
import { UsedOnceStore } from "./used_once_store.ts";
import { WidgetFileStore } from "./widget_file_store.ts";
import { WidgetStore } from "./widget_store.ts";
import { WriteProbe } from "./write_probe.ts";

/** All repositories. Disposing of it closes the store; the asynchronous way waits
 * until the connections to a server are closed. */
export interface Store extends Disposable, AsyncDisposable {
  /** Id of this instance of the service, which no other process ever has. */
  instance: string;
  instances: InstanceStore;
  /** The homes of agents' workspaces, by account id. */
  workspaceClaims: HomeClaims;
  /** The homes of PBX links, by the key of the PBX. */
  pbxClaims: HomeClaims;
  widgets: WidgetStore;
  pictures: PictureStore;
  accounts: AccountStore;
  ownAccounts: OwnAccountStore;
  sessions: SessionStore;
  contactRecords: ContactRecordStore;
  inquiries: InquiryStore;
  mails: MailStore;
  blocks: BlockStore;
  savedReplies: SavedReplyStore;
  runningChats: RunningChatStore;
  settings: SettingsStore;
  presences: PresenceStore;
  push: PushStore;
  audit: AuditLog;
  apiTokens: ApiTokenStore;
  apiAnswers: ApiAnswerStore;
  statistics: StatisticsStore;
  widgetFiles: WidgetFileStore;
  signInPlaces: SignInPlaceStore;
  tasks: TaskStore;
  usedOnce: UsedOnceStore;
  probe: WriteProbe;
}

export type NotOpened =
  | StoreIsNewer
  /** An older program has written it, and nothing may change. */
  | StoreIsOlder
  /** No permission to read or write, disk full, not a store, or no server. */
  | { reason: "unusable"; cause: unknown };

export interface OpenOptions {
  clock?: Clock;
  /** True to refuse a store with an older schema instead of changing it. */
  keepSchema?: boolean;
  /** Time to wait for the server of a store. */
  withinMs?: number;
}

/**
 * Opens the store at a path (created with its folder if missing), at the URL of
 * PostgreSQL or of a KV Connect server, or `:memory:`, and migrates it to this
 * program's schema.
 */
export async function openStore(
  pathOrUrl: string,
  { clock = systemClock, keepSchema = false, withinMs }: OpenOptions = {},
): Promise<Result<Store, NotOpened>> {
  let kv: StoreEngine | undefined;
  try {
    const isFile = isStorePath(pathOrUrl);
    if (isFile) {
      const options = { recursive: true, mode: 0o700 };
      await Deno.mkdir(dirname(pathOrUrl), options);
    }
    kv = await openEngine(pathOrUrl, withinMs);
    if (isFile) await keepPrivate(pathOrUrl);
    const fits = keepSchema ? await checkSameSchema(kv) : ok(undefined);
    const opened = fits.ok ? await openStoreOn(kv, clock) : fits;
    if (!opened.ok) await kv.close();
    return opened;
  } catch (cause) {
    await kv?.close();
    return err({ reason: "unusable", cause });
  }
}

/** Opens an existing store like openStore(), but changes nothing. It would create
 * a missing one. */
export async function inspectStore(
  pathOrUrl: string,
): Promise<Result<void, NotOpened>> {
  let kv: StoreEngine | undefined;
  try {
    kv = await openEngine(pathOrUrl);
    return await checkSchema(kv);
  } catch (cause) {
    return err({ reason: "unusable", cause });
  } finally {
    await kv?.close();
  }
}

/** Opens a store on an engine of openEngine(), which the store closes. */
export async function openStoreOn(
  kv: StoreEngine,
  clock: Clock,
): Promise<Result<Store, NotOpened>> {
  const probe = new WriteProbe(kv);
  const own = patient(kv);
  const migrated = await migrate(own);
  return migrated.ok ? ok({ ...storeOf(own, clock), probe }) : migrated;
}

/** Returns the message for the operator when the store at `pathOrUrl` was not
 * opened. */
export function notOpenedText(pathOrUrl: string, error: NotOpened): string {
  const prefix = `Cannot open the store ${
    JSON.stringify(withoutPassword(pathOrUrl))
  }: `;
  if (error.reason === "unusable") return prefix + whyNotOpened(error.cause);
  if (error.reason === "older") {
    return prefix +
      `it has schema ${error.found}, and this program writes ${error.known}. ` +
      "Start the service on it once, which changes it to the new schema";
  }
  return prefix +
    `it has schema ${error.found}, and this program knows up to ` +
    `${error.known}. Start the newer version that has written it`;
}

/** Running chats and password hashes must not be readable for other users of
 * the host. */
async function keepPrivate(path: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  for (const suffix of ["", "-wal", "-shm"]) {
    // The file may not exist, or may belong to another user who shares it.
    await Deno.chmod(path + suffix, 0o600).catch(() => {});
  }
}

/** The store records timestamps for people and later processes. */
function storeOf(kv: StoreEngine, time: Clock): Omit<Store, "probe"> {
  const clock = stampsOf(time);
  const pictures = new PictureStore(kv, clock);
  const instance = newInstanceId();
  return {
    pictures,
    widgets: new WidgetStore(kv, pictures, clock),
    accounts: new AccountStore(kv, clock),
    ownAccounts: new OwnAccountStore(kv, pictures, clock),
    sessions: new SessionStore(kv, clock),
    contactRecords: new ContactRecordStore(kv, clock),
    inquiries: new InquiryStore(kv, clock),
    mails: new MailStore(kv),
    blocks: new BlockStore(kv, clock),
    savedReplies: new SavedReplyStore(kv, clock),
    settings: new SettingsStore(kv, clock),
    runningChats: new RunningChatStore(kv, instance),
    instance,
    instances: new InstanceStore(kv, clock, instance),
    workspaceClaims: new HomeClaims(kv, "workspace", instance),
    pbxClaims: new HomeClaims(kv, "pbx", instance),
    presences: new PresenceStore(kv),
    push: new PushStore(kv),
    audit: new AuditLog(kv, clock),
    apiTokens: new ApiTokenStore(kv, clock),
    apiAnswers: new ApiAnswerStore(kv),
    statistics: new StatisticsStore(kv),
    widgetFiles: new WidgetFileStore(kv),
    signInPlaces: new SignInPlaceStore(kv),
    tasks: new TaskStore(kv, clock),
    usedOnce: new UsedOnceStore(kv),
    [Symbol.dispose]: () => void kv.close(),
    [Symbol.asyncDispose]: async () => await kv.close(),
  };
}
