import { bestLanguage } from "../best_language.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import type { AdminTexts } from "./texts.ts";

/** The languages of admin by tag. */
export const ADMIN_LANGUAGES = { en, de } as const satisfies Record<
  string,
  AdminTexts
>;
export type AdminLanguage = keyof typeof ADMIN_LANGUAGES;

/** Each language's name for itself. */
export const LANGUAGE_NAMES: Record<AdminLanguage, string> = {
  en: "English",
  de: "Deutsch",
};

export function isAdminLanguage(tag: string): tag is AdminLanguage {
  return Object.hasOwn(ADMIN_LANGUAGES, tag);
}

/**
 * Returns the language of a page: the user's choice (cookie `lang`), otherwise
 * the best one of the browser's Accept-Language, otherwise English.
 */
export function adminLanguage(
  chosen: string | undefined,
  acceptLanguage: string | null,
): AdminLanguage {
  if (chosen !== undefined && isAdminLanguage(chosen)) return chosen;
  const best = bestLanguage(
    preferencesOf(acceptLanguage ?? ""),
    Object.keys(ADMIN_LANGUAGES),
    "en",
  );
  return isAdminLanguage(best) ? best : "en";
}

/** Returns the tags of an Accept-Language header, most preferred first (RFC
 * 9110). */
function preferencesOf(header: string): string[] {
  return header.split(",", 20)
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const q = parameters.find((p) => p.trim().startsWith("q="));
      return { tag, weight: q === undefined ? 1 : Number(q.trim().slice(2)) };
    })
    .filter(({ tag, weight }) => tag !== "" && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
