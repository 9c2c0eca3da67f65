import { match, ok } from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { LanguageProvider } from "../admin/language.tsx";
import { Handover } from "./handover.tsx";

Deno.test("a password to hand over can be read and copied, and stays until it is closed", () => {
  for (const lang of ["en", "de"] as const) {
    const texts = ADMIN_LANGUAGES[lang];
    const html = renderToString(
      <LanguageProvider language={{ lang, texts }}>
        <Handover
          handover={{ id: "1", name: "Ann Berg", password: "abcd-efgh" }}
          onClose={() => {}}
        />
      </LanguageProvider>,
    );

    match(html, /abcd-efgh/);
    match(html, /Ann Berg/);
    for (const button of [texts.people.copyPassword, texts.common.close]) {
      ok(html.includes(`${button}</button>`), `${button} in ${html}`);
    }
  }
});
