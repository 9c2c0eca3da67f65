import type { Plural } from "../fill.ts";
import type { en } from "./en.ts";

/** The same keys with texts of any language; a text that counts stays one. */
type TextsOf<T> = {
  readonly [K in keyof T]: T[K] extends string ? string
    : T[K] extends Plural ? Plural
    : TextsOf<T[K]>;
};

/**
 * The texts of admin, by section and key. English says which there are: in every
 * other language a missing or an extra one does not compile. `{name}` stands for
 * a value (lib/i18n/fill.ts).
 */
export type AdminTexts = TextsOf<typeof en>;
