import { deepEqual, equal, ok } from "node:assert/strict";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { adminLanguage } from "./languages.ts";

Deno.test("adminLanguage() prefers the saved language, then the browser's", () => {
  equal(adminLanguage("de", "en"), "de");
  equal(adminLanguage("xx", "fr, de-AT;q=0.8, en;q=0.9"), "en");
  equal(adminLanguage(undefined, "fr;q=1, de-CH;q=0.7, en;q=0"), "de");
  equal(adminLanguage(undefined, null), "en");
});

Deno.test("texts don't use words that read like a translation", () => {
  const found = [
    ...textsOf(en).filter((text) =>
      /\b(shall|anew|whoever|by itself|at once|by machines|where it waits)\b|\b(one|each) a line\b/i
        .test(text)
    ),
    ...textsOf(de).filter((text) =>
      /kennw(o|ö)rt|PBXen|Fluten|wo es wartet|seitenleiste|kartenset|(?<!\{)\b(Netz|Agent(en)?)\b/i
        .test(text)
    ),
  ];

  deepEqual(found, []);
});

Deno.test("a new widget gets the name that its button promises", () => {
  for (const { widgets, newWidget } of [en, de]) {
    for (
      const [button, name] of [
        [widgets.addSidebar, newWidget.sidebar],
        [widgets.addCardset, newWidget.cardset],
      ] as const
    ) {
      const word = name.replace(" {number}", "").toLowerCase();
      ok(button.toLowerCase().includes(word), `${button}: ${name}`);
    }
  }
});

function textsOf(texts: object): string[] {
  return Object.values(texts).flatMap((text) =>
    typeof text === "string" ? [text] : textsOf(text)
  );
}
