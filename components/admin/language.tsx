import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect } from "preact/hooks";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { keepFocus } from "@/lib/ui/kept_focus.ts";
import { LimitProvider } from "@/lib/ui/limit.tsx";

/** The language of an island. */
export interface Language {
  lang: string;
  texts: AdminTexts;
}

const Context = createContext<Language | undefined>(undefined);

export function LanguageProvider(
  props: { language: Language; children: ComponentChildren },
) {
  useEffect(() => keepFocus(document), []);
  const { problems } = props.language.texts.refusals;
  return (
    <Context.Provider value={props.language}>
      <LimitProvider tooLong={problems["must have at most {n} characters"]}>
        {props.children}
      </LimitProvider>
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
