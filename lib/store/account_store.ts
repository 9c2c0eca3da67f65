import type { Clock } from "@/lib/base/clock.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { type Author, PROGRAM } from "@/lib/model/audit.ts";
import {
  Account,
  type AccountContent,
  type PbxUser,
} from "@/lib/model/account.ts";
import type { PictureId } from "@/lib/model/picture.ts";
import {
  changesOf,
  markOf,
  merged,
  nameOf,
  type PasswordBy,
  type SaveOptions,
} from "./account_changes.ts";
import { accountKey as key, Id, Ids, PasswordHash } from "./account_keys.ts";
import { AuditLog } from "./audit_log.ts";
import { commitWithRetry, resultOf } from "./commit_with_retry.ts";
import { savedReplyKey } from "./saved_reply_keys.ts";
import type { StoreCommit, StoreEngine } from "./store_engine.ts";
import { decode, get, has, list, type Stored } from "./stored.ts";

export type AccountNotSaved =
  | { reason: "conflict"; current: Stored<Account> }
  | { reason: "not-found" }
  | { reason: "exists" }
  | { reason: "last-admin" };

/**
 * The accounts. Names are unique, and once there is an admin there is always
 * one. Both hold for any simultaneous writers. Password hashes are stored
 * separately, so that no list of accounts contains them.
 */
export class AccountStore {
  readonly #kv: StoreEngine;
  readonly #clock: Pick<Clock, "now">;
  readonly #audit: AuditLog;

  constructor(kv: StoreEngine, clock: Pick<Clock, "now">) {
    this.#kv = kv;
    this.#clock = clock;
    this.#audit = new AuditLog(kv, clock);
  }

  async get(id: string): Promise<Stored<Account> | undefined> {
    return await get(this.#kv, key.one(id), Account);
  }

  /** Returns the account with this sign-in name, as decoded by AccountName. */
  async getByName(name: string): Promise<Stored<Account> | undefined> {
    const id = await get(this.#kv, key.byName(name), Id);
    return id === undefined ? undefined : await this.get(id.value);
  }

  /** Returns the account of a user of a PBX, whatever its name is now. */
  async getByPbxUser(user: PbxUser): Promise<Stored<Account> | undefined> {
    const id = await get(this.#kv, key.byPbxUser(user), Id);
    return id === undefined ? undefined : await this.get(id.value);
  }

  /** Returns all accounts by name. An unreadable one is logged and left out. */
  async list(): Promise<Stored<Account>[]> {
    const all = await Array.fromAsync(list(this.#kv, key.all, Account));
    return all.sort((a, b) => a.value.name < b.value.name ? -1 : 1);
  }

  /** True if there is no account yet. */
  async isEmpty(): Promise<boolean> {
    const { done } = await this.#kv.list(key.all, { limit: 1 }).next();
    return done === true;
  }

  /** Returns the pictures of accounts. Throws if an account cannot be read. */
  async pictures(): Promise<Set<PictureId>> {
    const ids = new Set<PictureId>();
    for await (const entry of this.#kv.list(key.all)) {
      const { picture } = decode(Account, entry).value;
      if (picture !== undefined) ids.add(picture);
    }
    return ids;
  }

  /** Returns the hash of an account's password. */
  async passwordHash(id: string): Promise<string | undefined> {
    return (await get(this.#kv, key.password(id), PasswordHash))?.value;
  }

  async create(
    content: AccountContent,
    passwordHash: string,
    { by = PROGRAM, mustChangePassword = false }: PasswordBy = {},
  ): Promise<Result<Stored<Account>, { reason: "exists" }>> {
    const account = {
      ...this.#newAccount(content),
      ...markOf(mustChangePassword),
    };
    return await this.#create(account, passwordHash, by);
  }

  /**
   * Stores an account from an archive, if neither its id nor its name is taken.
   * Without a hash it cannot be used to sign in.
   */
  async createAs(
    account: Account,
    passwordHash?: string,
  ): Promise<Result<Stored<Account>, { reason: "exists" }>> {
    return await this.#create(account, passwordHash, PROGRAM);
  }

  /** Like `create`, but only if there is no account; the author is the new
   * user. */
  async createFirst(
    content: AccountContent,
    passwordHash: string,
  ): Promise<Result<Stored<Account>, { reason: "exists" }>> {
    const account = this.#newAccount(content);
    return await this.#create(account, passwordHash, "first");
  }

  /** Creates an account without a password; the author is the user of the
   * PBX. */
  async createPbxUser(
    content: AccountContent,
    pbxUser: PbxUser,
  ): Promise<Result<Stored<Account>, { reason: "exists" }>> {
    const account = { ...this.#newAccount(content), pbxUser };
    const { id, name } = account;
    return await this.#create(account, undefined, { id, name });
  }

  /**
   * Stores the admin's changes in place of the state that `revision` names, and
   * a new password if there is one. `personal` replaces the user's own
   * settings.
   */
  async save(
    id: string,
    revision: string,
    content: AccountContent,
    { by = PROGRAM, ...more }: SaveOptions = {},
  ): Promise<Result<Stored<Account>, AccountNotSaved>> {
    return await commitWithRetry(`save account ${id}`, async () => {
      const current = await this.get(id);
      if (current === undefined) return err({ reason: "not-found" });
      if (current.revision !== revision) {
        return err({ reason: "conflict", current });
      }
      const account = merged(current.value, content, more);
      const { passwordHash } = more;
      const commit = this.#kv.atomic()
        .check({ key: key.one(id), versionstamp: revision })
        .set(key.one(id), account);
      if (passwordHash !== undefined) {
        commit.set(key.password(id), passwordHash);
      }
      const renamed = await this.#rename(commit, current.value, content.name);
      if (!renamed.ok) return renamed;
      const isAdmin = content.roles.includes("admin");
      const counted = await this.#countAdmin(commit, id, isAdmin);
      if (!counted.ok) return counted;
      const changed = changesOf(current.value, content, passwordHash);
      const change = { ...nameOf(account), roles: content.roles, changed };
      this.#audit.add(commit, by, { type: "person-saved", ...change });
      return resultOf(await commit.commit(), account);
    });
  }

  /** Deletes an account and its password. The caller ends its sessions. */
  async delete(
    id: string,
    by: Author = PROGRAM,
  ): Promise<Result<Account, { reason: "not-found" | "last-admin" }>> {
    return await commitWithRetry(`delete account ${id}`, async () => {
      const current = await this.get(id);
      if (current === undefined) return err({ reason: "not-found" });
      const commit = this.#kv.atomic()
        .check({ key: key.one(id), versionstamp: current.revision })
        .delete(key.one(id))
        .delete(key.byName(current.value.name))
        .delete(key.password(id));
      const { pbxUser } = current.value;
      if (pbxUser !== undefined) commit.delete(key.byPbxUser(pbxUser));
      const replies = this.#kv.list(savedReplyKey.of(id));
      for await (const { key: own } of replies) commit.delete(own);
      const counted = await this.#countAdmin(commit, id, false);
      if (!counted.ok) return counted;
      const change = {
        type: "person-deleted",
        ...nameOf(current.value),
      } as const;
      this.#audit.add(commit, by, change);
      return (await commit.commit()).ok ? ok(current.value) : undefined;
    });
  }

  #newAccount(content: AccountContent): Account {
    const id = crypto.randomUUID();
    return { id, createdAt: this.#clock.now(), ...content };
  }

  async #create(
    account: Account,
    passwordHash: string | undefined,
    by: Author | "first",
  ): Promise<Result<Stored<Account>, { reason: "exists" }>> {
    const { id, name, roles, pbxUser } = account;
    const byName = key.byName(name);
    const first = by === "first";
    const author = first ? { id, name } : by;
    return await commitWithRetry("create an account", async () => {
      const isTaken = await has(this.#kv, byName) ||
        await has(this.#kv, key.one(id));
      if (isTaken) return err({ reason: "exists" });
      const admins = await get(this.#kv, key.admins, Ids);
      if (first && !await this.isEmpty()) return err({ reason: "exists" });
      const commit = this.#kv.atomic()
        .check({ key: byName, versionstamp: null })
        .check({ key: key.one(id), versionstamp: null })
        .set(byName, id)
        .set(key.one(id), account);
      if (passwordHash !== undefined) {
        commit.set(key.password(id), passwordHash);
      }
      if (pbxUser !== undefined) {
        const user = key.byPbxUser(pbxUser);
        if (await has(this.#kv, user)) return err({ reason: "exists" });
        commit.check({ key: user, versionstamp: null }).set(user, id);
      }
      if (first || roles.includes("admin")) {
        const versionstamp = admins?.revision ?? null;
        commit.check({ key: key.admins, versionstamp })
          .set(key.admins, [...admins?.value ?? [], id]);
      }
      const change = { ...nameOf(account), roles };
      this.#audit.add(commit, author, { type: "person-created", ...change });
      return resultOf(await commit.commit(), account);
    });
  }

  /** Adds the account's new name to a commit. */
  async #rename(
    commit: StoreCommit,
    account: Account,
    name: string,
  ): Promise<Result<void, { reason: "exists" }>> {
    if (name === account.name) return ok(undefined);
    if (await has(this.#kv, key.byName(name))) return err({ reason: "exists" });
    commit.check({ key: key.byName(name), versionstamp: null })
      .set(key.byName(name), account.id)
      .delete(key.byName(account.name));
    return ok(undefined);
  }

  /** Adds to a commit whether the account is an admin from now on. */
  async #countAdmin(
    commit: StoreCommit,
    id: string,
    isAdmin: boolean,
  ): Promise<Result<void, { reason: "last-admin" }>> {
    const admins = await get(this.#kv, key.admins, Ids);
    const before = admins?.value ?? [];
    if (before.includes(id) === isAdmin) return ok(undefined);
    const after = isAdmin
      ? [...before, id]
      : before.filter((admin) => admin !== id);
    if (after.length === 0) return err({ reason: "last-admin" });
    commit.check({ key: key.admins, versionstamp: admins?.revision ?? null })
      .set(key.admins, after);
    return ok(undefined);
  }
}
