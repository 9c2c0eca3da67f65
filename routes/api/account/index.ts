import { isAdminLanguage } from "@/lib/i18n/admin/languages.ts";
import { SaveAccount } from "@/lib/protocol/admin/messages.ts";
import { readJson } from "@/lib/web/api_body.ts";
import { refuse } from "@/lib/web/api_errors.ts";
import { savedAccount } from "@/lib/web/own_account.ts";
import { endedLanguageCookie } from "@/lib/web/preferences.ts";
import { accountOf, define } from "@/lib/web/state.ts";

/** Far more than a name of 64 characters needs. */
const BYTES_MAX = 4 * 1024;

export const handlers = define.handlers({
  async PUT({ req, state }) {
    const body = await readJson(req, SaveAccount, BYTES_MAX);
    if (!body.ok) return refuse(body.error);
    const { displayName, language } = body.value;
    if (language && !isAdminLanguage(language)) {
      const text = "is not a language of these pages";
      return refuse({ reason: "invalid", field: "language", text });
    }
    const profile = {
      ...displayName !== undefined && { displayName },
      ...language !== undefined && { language },
    };
    const saved = await state.services.ownAccount
      .saveProfile(accountOf(state), profile);
    const response = savedAccount(saved);
    // The earlier choice for this browser no longer counts.
    if (saved.ok && language === null && !state.isFramed) {
      const cookie = endedLanguageCookie(state.secure);
      response.headers.append("set-cookie", cookie);
    }
    return response;
  },
});
