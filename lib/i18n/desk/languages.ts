import type { AdminLanguage } from "../admin/languages.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import type { DeskTexts } from "./texts.ts";

/** The desk speaks each language of admin. */
export const DESK_LANGUAGES: Record<AdminLanguage, DeskTexts> = { en, de };
