import { useLanguage } from "../admin/language.tsx";
import type { Choice } from "./choice.ts";
import { Words } from "./words.ts";

/** Returns the formats and texts of the page's language. */
export function useWords() {
  const { lang, texts: { statistics: texts } } = useLanguage();
  return { words: new Words(lang), texts, lang };
}

/** A widget or an agent that can be chosen. */
export interface Named {
  id: string;
  name: string;
}

/** The actions of the page's parts. */
export interface StatisticsActions {
  choose(change: Partial<Choice>): void;
}
