import * as v from "valibot";
import type { Hub } from "@/lib/base/hub.ts";
import { newToken } from "@/lib/base/ids.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import {
  type Account,
  type AccountContent,
  AccountName,
  type Role,
} from "@/lib/model/account.ts";
import { type Author, PROGRAM } from "@/lib/model/audit.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type {
  NewPerson,
  PersonView,
  SavePerson,
} from "@/lib/protocol/admin/messages.ts";
import type { AccountStore } from "@/lib/store/account_store.ts";
import type { Stored } from "@/lib/store/stored.ts";
import { hashPassword, isPassword } from "./passwords.ts";
import type { Sessions } from "./sessions.ts";
import { personView } from "./views.ts";

export type PersonNotSaved =
  | { reason: "conflict"; currentPerson: PersonView }
  | { reason: "not-found" }
  | { reason: "exists" }
  | { reason: "last-admin" }
  /** Only a user of a PBX can have no role. */
  | { reason: "no-role" }
  /**
   * The name of a user of a PBX cannot be changed, and there is no password.
   */
  | { reason: "of-pbx"; field: "name" | "password" }
  /** One's own password can only be changed with the current one
   * (OwnAccount). */
  | { reason: "own-password" };

/** Maximum number of accounts, because the page lists them all. */
export const PEOPLE_MAX = 2_000;
/** The account that CW_ADMIN_PASSWORD creates. */
const ADMIN_NAME = "admin";
/** Hex digits of a reset password: 80 bits. */
const RESET_LENGTH = 20;
/** The person who sets the product up can try it alone, as admin and as
 * agent. */
const FIRST_ROLES: Role[] = ["admin", "agent"];

/** The accounts, as an administrator manages them. */
export class People {
  readonly #accounts: AccountStore;
  readonly #sessions: Sessions;
  readonly #hub: Hub<Topics>;

  constructor({ accounts, sessions, hub }: {
    accounts: AccountStore;
    sessions: Sessions;
    hub: Hub<Topics>;
  }) {
    this.#accounts = accounts;
    this.#sessions = sessions;
    this.#hub = hub;
  }

  async list(): Promise<PersonView[]> {
    return (await this.#accounts.list()).map(personView);
  }

  async get(id: string): Promise<PersonView | undefined> {
    const stored = await this.#accounts.get(id);
    return stored && personView(stored);
  }

  /** True if there is no account yet. */
  async isEmpty(): Promise<boolean> {
    return await this.#accounts.isEmpty();
  }

  /** Creates an account whose password has to be changed at the first
   * sign-in. */
  async create(
    { password, ...content }: NewPerson,
    by: Author,
  ): Promise<Result<PersonView, { reason: "exists" | "too-many" }>> {
    if ((await this.#accounts.list()).length >= PEOPLE_MAX) {
      return err({ reason: "too-many" });
    }
    const hash = await hashPassword(password);
    const made = await this.#accounts
      .create(content, hash, { by, mustChangePassword: true });
    if (!made.ok) return made;
    this.#hub.tell("account-changed", { id: made.value.value.id });
    return ok(personView(made.value));
  }

  /** Creates the first account, an admin and agent, unless there is one
   * already. */
  async createFirst(
    { name, displayName, password }: Omit<NewPerson, "roles">,
  ): Promise<Result<PersonView, { reason: "exists" }>> {
    const content = { name, displayName, roles: FIRST_ROLES };
    const hash = await hashPassword(password);
    const made = await this.#accounts.createFirst(content, hash);
    if (!made.ok) return made;
    this.#hub.tell("account-changed", { id: made.value.value.id });
    return ok(personView(made.value));
  }

  /**
   * Saves an account. A new password, or a removal of all roles, ends all
   * sessions of the person. The person has to change the password at the next
   * sign-in.
   */
  async save(
    id: string,
    save: SavePerson,
    by: Author,
  ): Promise<Result<PersonView, PersonNotSaved>> {
    if (save.password !== undefined && by.id === id) {
      return err({ reason: "own-password" });
    }
    return await this.#save(id, save, { by, mustChangePassword: true });
  }

  async #save(
    id: string,
    { revision, password, ...content }: SavePerson,
    options: { by: Author; mustChangePassword: boolean },
  ): Promise<Result<PersonView, PersonNotSaved>> {
    const wrong = this.#wrongFor(await this.#accounts.get(id), {
      ...content,
      ...(password !== undefined && { password }),
    });
    if (wrong !== undefined) return err(wrong);
    const hashed = password === undefined
      ? {}
      : { passwordHash: await hashPassword(password) };
    const saved = await this.#accounts
      .save(id, revision, content, { ...hashed, ...options });
    if (!saved.ok) {
      if (saved.error.reason !== "conflict") return err(saved.error);
      const currentPerson = personView(saved.error.current);
      return err({ reason: "conflict", currentPerson });
    }
    const isOut = content.roles.length === 0;
    if (password !== undefined || isOut) await this.#sessions.endAll(id);
    this.#hub.tell("account-changed", { id });
    return ok(personView(saved.value));
  }

  /** Deletes the account and ends its sessions. */
  async delete(
    id: string,
    by: Author,
  ): Promise<Result<void, { reason: "not-found" | "last-admin" }>> {
    const deleted = await this.#accounts.delete(id, by);
    if (!deleted.ok) return deleted;
    await this.#sessions.endAll(id);
    this.#hub.tell("account-changed", { id });
    return ok(undefined);
  }

  /** Gives an account a new random password, and returns it. It has to be
   * changed at the next sign-in. */
  async resetPassword(
    name: string,
  ): Promise<Result<string, { reason: "not-found" | "of-pbx" }>> {
    const parsed = v.safeParse(AccountName, name);
    const current = parsed.success
      ? await this.#accounts.getByName(parsed.output)
      : undefined;
    if (current === undefined) return err({ reason: "not-found" });
    const { id, pbxUser } = current.value;
    if (pbxUser !== undefined) return err({ reason: "of-pbx" });
    const password = newToken().slice(0, RESET_LENGTH);
    const { revision } = current;
    const save = { ...contentOf(current.value), revision, password };
    const saved = await this.save(id, save, PROGRAM);
    return saved.ok ? ok(password) : await this.resetPassword(name);
  }

  /**
   * Creates the account `admin` with this password, or sets its password and
   * role. If it has both already, nothing happens and its sessions continue.
   * The operator has chosen this password, so it need not be changed.
   */
  async ensureAdmin(password: string): Promise<PersonView> {
    const current = await this.#accounts.getByName(ADMIN_NAME);
    if (current === undefined) return await this.#createAdmin(password);
    const { id } = current.value;
    const content = contentOf(current.value);
    const hash = await this.#accounts.passwordHash(id);
    const isAdmin = content.roles.includes("admin");
    if (isAdmin && await isPassword(password, hash)) return personView(current);
    const roles: Role[] = isAdmin ? content.roles : [...content.roles, "admin"];
    const { revision } = current;
    const save = { ...content, roles, revision, password };
    const saved = await this
      .#save(id, save, { by: PROGRAM, mustChangePassword: false });
    return saved.ok ? saved.value : await this.ensureAdmin(password);
  }

  #wrongFor(
    person: Stored<Account> | undefined,
    { name, roles, password }: Omit<SavePerson, "revision" | "displayName">,
  ): PersonNotSaved | undefined {
    if (person === undefined) return undefined; // The store has logged it.
    const { pbxUser, name: current } = person.value;
    if (pbxUser === undefined) {
      return roles.length === 0 ? { reason: "no-role" } : undefined;
    }
    if (name !== current) return { reason: "of-pbx", field: "name" };
    return password === undefined
      ? undefined
      : { reason: "of-pbx", field: "password" };
  }

  async #createAdmin(password: string): Promise<PersonView> {
    const content: AccountContent = {
      name: ADMIN_NAME,
      displayName: "Administrator",
      roles: FIRST_ROLES,
    };
    const made = await this.#accounts
      .create(content, await hashPassword(password));
    if (!made.ok) return await this.ensureAdmin(password);
    this.#hub.tell("account-changed", { id: made.value.value.id });
    return personView(made.value);
  }
}

function contentOf({ name, displayName, roles }: Account): AccountContent {
  return { name, displayName, roles };
}
