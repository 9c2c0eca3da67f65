import { useLanguage } from "../admin/language.tsx";
import type { Choice } from "./choice.ts";
import { Words } from "./words.ts";

/** Words and texts of the page's language. */
export function useWords() {
  const { lang, texts: { statistics: texts } } = useLanguage();
  return { words: new Words(lang), texts, lang };
}

/** One that can be chosen, of widgets or agents. */
export interface Named {
  id: string;
  name: string;
}

/** What the parts of the page do. */
export interface Actions {
  choose(change: Partial<Choice>): void;
}
