import { parseCookie, stringifySetCookie } from "cookie";
import * as v from "valibot";
import { isAdminLanguage } from "@/lib/i18n/admin/languages.ts";

// The user's preferences for this browser. They need neither an account nor
// consent, because both are stored only after a click, for the page alone.

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const Preference = v.union([
  v.object({
    name: v.literal("lang"),
    value: v.pipe(v.string(), v.check(isAdminLanguage)),
  }),
  v.object({ name: v.literal("theme"), value: v.picklist(THEMES) }),
]);

const YEAR_SECONDS = 365 * 24 * 3600;

/** Returns the theme that was chosen in this browser. */
export function themeOf(request: Request): Theme {
  const cookies = parseCookie(request.headers.get("cookie") ?? "");
  const theme = v.safeParse(v.picklist(THEMES), cookies.theme);
  return theme.success ? theme.output : "auto";
}

/** Returns the Set-Cookie headers for a form's choices; unknown values are
 * ignored. */
export function preferenceCookies(
  form: FormData,
  { secure, isFramed }: { secure: boolean; isFramed: boolean },
): string[] {
  const where = isFramed
    ? { sameSite: "none", partitioned: true } as const
    : { sameSite: "lax" } as const;
  return ["lang", "theme"].flatMap((name) => {
    const chosen = v.safeParse(Preference, { name, value: form.get(name) });
    if (!chosen.success) return [];
    return stringifySetCookie({
      ...chosen.output,
      path: "/",
      ...where,
      httpOnly: true,
      secure,
      maxAge: YEAR_SECONDS,
    });
  });
}

/** Returns the Set-Cookie header that deletes this browser's language. */
export function endedLanguageCookie(secure: boolean): string {
  return stringifySetCookie({
    name: "lang",
    value: "",
    path: "/",
    sameSite: "lax",
    httpOnly: true,
    secure,
    maxAge: 0,
  });
}
