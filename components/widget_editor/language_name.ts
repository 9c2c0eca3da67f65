/** Returns a language's name in the language `lang`, capitalised: "Deutsch". */
export function languageName(tag: string, lang: string): string {
  const name = new Intl.DisplayNames([lang], { type: "language" }).of(tag) ??
    tag;
  return name.charAt(0).toLocaleUpperCase(lang) + name.slice(1);
}
