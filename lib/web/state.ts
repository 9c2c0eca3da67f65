import { createDefine, HttpError } from "fresh";
import type { AdminLanguage } from "@/lib/i18n/admin/languages.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Author } from "@/lib/model/audit.ts";
import type { Services } from "./services.ts";

/** The values that middlewares pass to every route of admin and desk. */
export interface State {
  services: Services;
  /** The signed-in account. */
  account?: Account;
  /** True if signed in by the cookie of a page that a PBX frames. */
  isFramed: boolean;
  /** The language of the page. */
  lang: AdminLanguage;
  /** True if the browser uses TLS, which decides the cookie's name. */
  secure: boolean;
  /** Number of messages that the user can see and that are not done. */
  openMessages: number;
  /** Address of this service for websites and users: an origin. */
  publicUrl: string;
}

/** Types for route files: `define.handlers`, `define.page`. */
export const define = createDefine<State>();

/** Returns the requesting user; a middleware has rejected other clients. */
export function accountOf({ account }: State): Account {
  if (account === undefined) throw new HttpError(401);
  return account;
}

/** Returns the requesting user as the author for versions and the audit log. */
export function authorOf(state: State): Author {
  const { id, name } = accountOf(state);
  return { id, name };
}
