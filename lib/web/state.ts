import { createDefine, HttpError } from "fresh";
import type { AdminLanguage } from "@/lib/i18n/admin/languages.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Author } from "@/lib/model/audit.ts";
import type { Services } from "./services.ts";

/** What middlewares hand to every route of admin and desk. */
export interface State {
  services: Services;
  /** Who is signed in. */
  account?: Account;
  /** Signed in by the cookie of a page that a PBX frames. */
  isFramed: boolean;
  /** The language of the page. */
  lang: AdminLanguage;
  /** Whether the browser came by TLS: decides the cookie's name. */
  secure: boolean;
  /** Where websites and people find this service: an origin. */
  publicUrl: string;
}

/** Types for route files: `define.handlers`, `define.page`. */
export const define = createDefine<State>();

/** Who is asking, as versions and the audit log name them. */
export function authorOf({ account }: State): Author {
  if (account === undefined) throw new HttpError(401);
  return { id: account.id, name: account.name };
}
