import type { Account, AccountContent } from "@/lib/model/account.ts";

/** An account as the audit log names it. */
export function nameOf({ id, name }: Account) {
  return { account: id, name };
}

/** What a save changes, for the log: that there is a new password, not which. */
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
