import { deepEqual, equal } from "node:assert/strict";
import { ADMIN_LANGUAGES, adminLanguage } from "./languages.ts";

Deno.test("adminLanguage() takes the choice, then the browser's best wish", () => {
  equal(adminLanguage("de", "en"), "de");
  equal(adminLanguage("xx", "fr, de-AT;q=0.8, en;q=0.9"), "en");
  equal(adminLanguage(undefined, "fr;q=1, de-CH;q=0.7, en;q=0"), "de");
  equal(adminLanguage(undefined, null), "en");
});

Deno.test("every language has the same values in the same texts", () => {
  const english = valuesOf(ADMIN_LANGUAGES.en);

  for (const texts of Object.values(ADMIN_LANGUAGES)) {
    deepEqual(valuesOf(texts), english);
  }
});

/** Path of each text, and the `{values}` in it. Forms of a plural are one. */
function valuesOf(node: unknown, path = ""): Record<string, string> {
  if (typeof node === "string") {
    return { [path]: (node.match(/\{\w+\}/g) ?? []).sort().join() };
  }
  const entries = Object.entries(node ?? {});
  const own = entries.find(([key]) => key === "other");
  if (own !== undefined) return valuesOf(own[1], path);
  return Object.assign(
    {},
    ...entries.map(([key, child]) => valuesOf(child, `${path}.${key}`)),
  );
}
