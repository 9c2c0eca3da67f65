/** The forms of a text that counts, by CLDR category. `{count}` is the number. */
export interface Plural {
  zero?: string;
  one?: string;
  two?: string;
  few?: string;
  many?: string;
  other: string;
}

/** `text` with each `{name}` replaced by its value; an unknown name stays. */
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

/** The form for `count` in the language `lang`, with `{count}` written its way. */
export function plural(
  forms: Plural,
  count: number,
  lang: string,
): string {
  const form = forms[new Intl.PluralRules(lang).select(count)] ?? forms.other;
  return fill(form, { count: new Intl.NumberFormat(lang).format(count) });
}
