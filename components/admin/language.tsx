import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";

/** The language in which an island speaks. */
export interface Language {
  lang: string;
  texts: AdminTexts;
}

const Context = createContext<Language | undefined>(undefined);

export function LanguageProvider(
  props: { language: Language; children: ComponentChildren },
) {
  return (
    <Context.Provider value={props.language}>
      {props.children}
    </Context.Provider>
  );
}

export function useLanguage(): Language {
  const language = useContext(Context);
  if (language === undefined) {
    throw new Error("Cannot use the language: no LanguageProvider is above");
  }
  return language;
}
