import type { Plural } from "../fill.ts";
import type { en } from "./en.ts";

/** The same keys with texts of any language; plural forms stay plural forms. */
type TextsOf<T> = {
  readonly [K in keyof T]: T[K] extends string ? string
    : T[K] extends Plural ? Plural
    : TextsOf<T[K]>;
};

/**
 * The texts of admin, by section and key. English defines the keys; in every
 * other language a missing or an additional key does not compile. `{name}` is a
 * placeholder for a value (lib/i18n/fill.ts).
 */
export type AdminTexts = TextsOf<typeof en>;
