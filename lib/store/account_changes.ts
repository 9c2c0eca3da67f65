import type { Account, AccountContent, Personal } from "@/lib/model/account.ts";
import type { Author } from "@/lib/model/audit.ts";

export interface PasswordBy {
  by?: Author;
  /** True if another person than the user has set the password. */
  mustChangePassword?: boolean;
}

export interface SaveOptions extends PasswordBy {
  passwordHash?: string;
  personal?: Personal;
}

/** Returns an account's name for the audit log. */
export function nameOf({ id, name }: Account) {
  return { account: id, name };
}

/** Returns what a save changes, for the log: that there is a new password, but
 * not which. */
export function changesOf(
  before: Account,
  after: AccountContent,
  passwordHash: string | undefined,
) {
  const changed: ("name" | "displayName" | "roles" | "password")[] = [];
  if (before.name !== after.name) changed.push("name");
  if (before.displayName !== after.displayName) changed.push("displayName");
  const rolesOf = ({ roles }: AccountContent) => [...roles].sort().join();
  if (rolesOf(before) !== rolesOf(after)) changed.push("roles");
  if (passwordHash !== undefined) changed.push("password");
  return changed;
}

/** Returns the account with the admin's changes. The mark belongs to the
 * password. */
export function merged(
  { picture, language, mustChangePassword, ...before }: Account,
  content: AccountContent,
  more: Omit<SaveOptions, "by">,
): Account {
  const own: Personal = {
    ...picture !== undefined && { picture },
    ...language !== undefined && { language },
  };
  const isMarked = more.passwordHash === undefined
    ? mustChangePassword
    : more.mustChangePassword;
  return {
    ...before,
    ...content,
    ...more.personal ?? own,
    ...markOf(isMarked),
  };
}

/** Returns the additional member of an account with this mark. */
export function markOf(
  isMarked: boolean | undefined,
): Pick<Account, "mustChangePassword"> {
  return isMarked ? { mustChangePassword: true } : {};
}
