import { deepEqual, ok } from "node:assert/strict";
import { en } from "./en.ts";
import { WIDGET_LANGUAGES } from "./languages.ts";

const slots = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

Deno.test("there are more than thirty languages, three of them right to left", () => {
  const tags = Object.keys(WIDGET_LANGUAGES);

  ok(tags.length >= 30, `${tags.length}`);
  for (const tag of ["ar", "fa", "he"]) ok(tags.includes(tag), tag);
});

Deno.test("each language has the keys and placeholders of English", () => {
  for (const [tag, texts] of Object.entries(WIDGET_LANGUAGES)) {
    deepEqual(Object.keys(texts), Object.keys(en), tag);
    for (const [key, text] of Object.entries(texts)) {
      const english = en[key as keyof typeof en];
      deepEqual(slots(text), slots(english), `${tag} ${key}: ${text}`);
      ok(text.trim() === text && text !== "", `${tag} ${key}: "${text}"`);
    }
  }
});

Deno.test("each tag is known to browsers, and each language is listed once", () => {
  const names = new Intl.DisplayNames("en", { type: "language" });
  for (const [tag, texts] of Object.entries(WIDGET_LANGUAGES)) {
    ok(names.of(tag) !== tag, tag);
    ok(tag === "en" || texts.title !== en.title, tag);
  }
});

// Speech control finds a button by its label (WCAG 2.5.3).
Deno.test("the accessible name of each contact button contains its label", () => {
  const words = (text: string) =>
    ` ${text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")} `;
  for (const [tag, texts] of Object.entries(WIDGET_LANGUAGES)) {
    const writesSpaces = tag !== "ja" && tag !== "zh";
    for (const label of ["call", "video", "chat"] as const) {
      const name = words(texts[`${label}Name`]);
      const shown = words(texts[label]);
      ok(name.includes(writesSpaces ? shown : shown.trim()), `${tag}: ${name}`);
    }
  }
});
