import type { Clock } from "@/lib/base/clock.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Author } from "@/lib/model/audit.ts";
import { type Inquiry, NOTES_MAX } from "@/lib/model/inquiry.ts";
import type { ChangeInquiry } from "@/lib/protocol/admin/inquiries.ts";
import type { AccountStore } from "@/lib/store/account_store.ts";
import type { InquiryChange } from "@/lib/store/inquiry_store.ts";

export type InquiryNotChanged =
  | { reason: "not-found" | "conflict" | "forbidden" | "too-many" }
  | { reason: "invalid"; field: string; text: string };

interface ChangeContext {
  user: Account;
  accounts: Pick<AccountStore, "get">;
  clock: Pick<Clock, "wall">;
}

/**
 * Returns the change of a message that a user wants. An agent who is no
 * administrator can assign it only to themselves, or to nobody.
 */
export async function changeOf(
  current: Inquiry,
  { state, assignee, note }: ChangeInquiry,
  { user, accounts, clock }: ChangeContext,
): Promise<Result<InquiryChange, InquiryNotChanged>> {
  const change: InquiryChange = {};
  if (state !== undefined) change.state = state;
  const { callback } = current;
  const isReopened = state === "open" && current.state === "done";
  if (isReopened && callback !== undefined) {
    const call = { state: "over", tries: 0 } as const; // DUE5
    change.callback = { ...callback, call };
  }
  if (assignee !== undefined) {
    const who = await assigneeOf(assignee, user, accounts);
    if (!who.ok) return who;
    change.assignee = who.value;
  }
  if (note !== undefined) {
    if (current.notes.length >= NOTES_MAX) return err({ reason: "too-many" });
    const at = clock.wall();
    const by = authorOf(user);
    change.notes = [...current.notes, { at, by, text: note }];
  }
  return ok(change);
}

async function assigneeOf(
  id: string | null,
  user: Account,
  accounts: ChangeContext["accounts"],
): Promise<Result<Author | null, InquiryNotChanged>> {
  if (id === null) return ok(null);
  if (id === user.id) return ok(authorOf(user));
  if (!user.roles.includes("admin")) return err({ reason: "forbidden" });
  const account = await accounts.get(id);
  if (account !== undefined) return ok(authorOf(account.value));
  const text = "must be an account";
  return err({ reason: "invalid", field: "assignee", text });
}

export function authorOf({ id, displayName }: Account): Author {
  return { id, name: displayName };
}
