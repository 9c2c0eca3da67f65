import { deepEqual, equal } from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { newContent, type WidgetContent } from "@/lib/model/widget.ts";
import { LanguageProvider } from "../admin/language.tsx";
import { BehaviourSection } from "./behaviour_section.tsx";
import { DetailsSection } from "./details_section.tsx";
import type { Editing } from "./editing.ts";
import { PrivacySection } from "./privacy_section.tsx";
import { type Problems, problemsOf } from "./problems.ts";
import { tidy } from "./tidy.ts";

const LONG = "a".repeat(1_217);

/** A widget in which each text is longer than any limit. */
function longContent(): WidgetContent {
  const content = newContent("Contact", "en");
  const { appearance } = content;
  const company = { ...content.company };
  for (const key of Object.keys(company)) Reflect.set(company, key, LONG);
  return {
    ...content,
    company,
    appearance: { ...appearance, title: LONG },
    consent: LONG,
    visitorName: LONG,
  };
}

/** The sections with text fields that have a limit. */
function sections(content: WidgetContent, problems: Problems): string {
  const texts = ADMIN_LANGUAGES.de;
  const editing: Editing = {
    type: "sidebar",
    content,
    problems,
    edit: () => {},
  };
  return renderToString(
    <LanguageProvider language={{ lang: "de", texts }}>
      <DetailsSection editing={editing} />
      <BehaviourSection editing={editing} />
      <PrivacySection editing={editing} />
    </LanguageProvider>,
  );
}

function errorsIn(html: string): string[] {
  return [...html.matchAll(/<p class="error"[^]*?<span>(.*?)<\/span>/g)]
    .map(([, text = ""]) => text);
}

Deno.test("the editor keeps texts that are too long, and states the service's limits", () => {
  const content = longContent();

  const written = errorsIn(sections(content, {}));
  const refused = errorsIn(sections(content, problemsOf(content)));

  equal(written.length, 12);
  deepEqual(written.slice(0, 3), [
    "Höchstens 100 Zeichen.",
    "Höchstens 100 Zeichen.",
    "Höchstens 20 Zeichen.",
  ]);
  deepEqual(written, refused);
});

Deno.test("no text field of the editor has a maxlength, which would cut pasted text", () => {
  const html = sections(longContent(), {});

  equal(html.includes("maxlength"), false);
  const kept = new RegExp(` value="${LONG}"|>${LONG}</textarea>`, "g");
  equal(html.match(kept)?.length, 12);
});

Deno.test("a field with one value per line reports the number of the invalid line, counting empty ones", () => {
  const content: WidgetContent = {
    ...newContent("Contact", "en"),
    sites: ["https://a.example", "", "my shop", "my other shop"],
    pageParameters: ["utm_source", "a b"],
  };
  content.appearance = {
    ...content.appearance,
    helpTexts: ["Any questions?", LONG],
  };

  const errors = errorsIn(sections(content, problemsOf(tidy(content))));

  deepEqual(errors, [
    "Zeile 2: Höchstens 120 Zeichen.",
    "Zeile 3: Geben Sie es wie https://www.example.com oder https://*.example.com ein.",
    "Zeile 2: Nur Buchstaben, Ziffern und . _ ~ -",
  ]);
});

Deno.test("a field with too many lines says so without naming a line", () => {
  const content = newContent("Contact", "en");
  content.sites = Array.from(
    { length: 51 },
    (_, n) => `https://www${n}.example.com`,
  );

  const errors = errorsIn(sections(content, problemsOf(tidy(content))));

  deepEqual(errors, ["Höchstens 50 Websites."]);
});
