import { assertNever } from "@/lib/base/assert_never.ts";
import type { Clock } from "@/lib/base/clock.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { Account, type PageLanguage } from "@/lib/model/account.ts";
import type { Change } from "@/lib/model/audit.ts";
import type { PictureId } from "@/lib/model/picture.ts";
import { nameOf } from "./account_changes.ts";
import { accountKey as key, PasswordHash } from "./account_keys.ts";
import { AuditLog } from "./audit_log.ts";
import { commitWithRetry, resultOf } from "./commit_with_retry.ts";
import type { StoreCommit, StoreEngine } from "./store_engine.ts";
import type { PictureStore } from "./picture_store.ts";
import { get, type Stored } from "./stored.ts";

/** Absent members stay unchanged. */
export interface OwnProfile {
  displayName?: string;
  /** Null for the browser's language. */
  language?: PageLanguage | null;
}

/** A change that users make themselves. */
export type OwnChange =
  | { what: "profile"; profile: OwnProfile }
  /** `undefined` removes it. */
  | { what: "picture"; picture: PictureId | undefined }
  /** `before` is the hash of the replaced password. */
  | { what: "password"; before: string; hash: string };

export type OwnNotSaved =
  | { reason: "not-found" }
  /** The picture was deleted after its upload. */
  | { reason: "no-picture" }
  /** The password has changed since it was checked. */
  | { reason: "changed" };

/** Changes of accounts by their owners: one part at a time, the last one
 * wins. */
export class OwnAccountStore {
  readonly #kv: StoreEngine;
  readonly #pictures: PictureStore;
  readonly #audit: AuditLog;

  constructor(
    kv: StoreEngine,
    pictures: PictureStore,
    clock: Pick<Clock, "now">,
  ) {
    this.#kv = kv;
    this.#pictures = pictures;
    this.#audit = new AuditLog(kv, clock);
  }

  /** Stores a change, and records it in the audit log. */
  async save(
    id: string,
    change: OwnChange,
  ): Promise<Result<Stored<Account>, OwnNotSaved>> {
    return await commitWithRetry(`save account ${id}`, async () => {
      const current = await get(this.#kv, key.one(id), Account);
      if (current === undefined) return err({ reason: "not-found" });
      const account = changed(current.value, change);
      const commit = this.#kv.atomic()
        .check({ key: key.one(id), versionstamp: current.revision })
        .set(key.one(id), account);
      const required = await this.#require(commit, id, change);
      if (!required.ok) return required;
      this.#note(commit, { before: current.value, after: account }, change);
      return resultOf(await commit.commit(), account);
    });
  }

  async #require(
    commit: StoreCommit,
    id: string,
    change: OwnChange,
  ): Promise<Result<void, OwnNotSaved>> {
    if (change.what === "picture" && change.picture !== undefined) {
      const found = await this.#pictures.require([change.picture], commit);
      return found.ok ? found : err({ reason: "no-picture" });
    }
    if (change.what !== "password") return ok(undefined);
    const own = key.password(id);
    const stored = await get(this.#kv, own, PasswordHash);
    if (stored?.value !== change.before) return err({ reason: "changed" });
    commit.check({ key: own, versionstamp: stored.revision })
      .set(own, change.hash);
    return ok(undefined);
  }

  /** A user's language is private, so it is not logged. */
  #note(
    commit: StoreCommit,
    { before, after }: { before: Account; after: Account },
    { what }: OwnChange,
  ): void {
    const part = what === "profile" ? "displayName" : what;
    if (part !== "password" && before[part] === after[part]) return;
    const { id, name, roles } = after;
    const change: Change = {
      type: "person-saved",
      ...nameOf(after),
      roles,
      changed: [part],
    };
    this.#audit.add(commit, { id, name }, change);
  }
}

function changed(account: Account, change: OwnChange): Account {
  switch (change.what) {
    case "profile": {
      const { language: before, ...rest } = account;
      const { displayName, language = before } = change.profile;
      return {
        ...rest,
        ...displayName !== undefined && { displayName },
        ...language && { language },
      };
    }
    case "picture": {
      const { picture: _, ...rest } = account;
      const { picture } = change;
      return picture === undefined ? rest : { ...rest, picture };
    }
    case "password": {
      const { mustChangePassword: _, ...rest } = account;
      return rest;
    }
    default:
      return assertNever(change);
  }
}
