import type { Account } from "@/lib/model/account.ts";

/** Returns the start page of a user. */
export function homeOf({ roles }: Account): string {
  return roles.includes("admin") ? "/admin" : "/desk";
}
