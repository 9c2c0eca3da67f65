/** The plural forms of a text with a number, by CLDR category. `{count}` is the
 * number. */
export interface Plural {
  zero?: string;
  one?: string;
  two?: string;
  few?: string;
  many?: string;
  other: string;
}

/** Replaces each `{name}` in `text` by its value; an unknown name stays. */
export function fill(
  text: string,
  values: Readonly<Record<string, string | number>>,
): string {
  return text.replace(
    /\{(\w+)\}/g,
    (whole, name: string) =>
      Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}

/** Returns the form for `count` in the language `lang`, with `{count}` in its
 * format. */
export function plural(
  forms: Plural,
  count: number,
  lang: string,
): string {
  const form = forms[new Intl.PluralRules(lang).select(count)] ?? forms.other;
  return fill(form, { count: new Intl.NumberFormat(lang).format(count) });
}
