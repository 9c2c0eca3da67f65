import type { Account } from "@/lib/model/account.ts";

/** Where somebody starts who asked for nothing else. */
export function homeOf({ roles }: Account): string {
  return roles.includes("admin") ? "/admin" : "/desk";
}
