import type { ProfileSaveError } from "@/lib/admin/own_account.ts";
import type { Result } from "@/lib/base/result.ts";
import type { Account } from "@/lib/model/account.ts";
import type { AccountView } from "@/lib/protocol/admin/messages.ts";
import { refuse } from "./api_errors.ts";

/** Returns one's own account in the format of the protocol. */
export function accountView(
  { name, displayName, picture, language }: Account,
): AccountView {
  return {
    name,
    displayName,
    ...picture !== undefined && { picture },
    ...language !== undefined && { language },
  };
}

/** Returns the result of a change as a response. */
export function savedAccount(
  saved: Result<Account, ProfileSaveError>,
): Response {
  if (saved.ok) return Response.json(accountView(saved.value));
  if (saved.error.reason === "not-found") {
    return refuse({ reason: "not-found" });
  }
  const text = "must be uploaded again";
  return refuse({ reason: "invalid", field: "picture", text });
}
