import { createDefine } from "fresh";
import type { AdminLanguage } from "@/lib/i18n/admin/languages.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Services } from "./services.ts";

/** What middlewares hand to every route of admin and desk. */
export interface State {
  services: Services;
  /** Who is signed in. */
  account?: Account;
  /** The language of the page. */
  lang: AdminLanguage;
  /** Whether the browser came by TLS: decides the cookie's name. */
  secure: boolean;
  /** Where websites and people find this service: an origin. */
  publicUrl: string;
}

/** Types for route files: `define.handlers`, `define.page`. */
export const define = createDefine<State>();
