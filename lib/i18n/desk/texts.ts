import type { Plural } from "../fill.ts";
import type { en } from "./en.ts";

/** The same keys with texts of any language; a text that counts stays one. */
type TextsOf<T> = {
  readonly [K in keyof T]: T[K] extends string ? string
    : T[K] extends Plural ? Plural
    : TextsOf<T[K]>;
};

/** The texts of the desk, by section and key; lib/i18n/admin says how. */
export type DeskTexts = TextsOf<typeof en>;
