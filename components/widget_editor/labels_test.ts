import { deepEqual, equal } from "node:assert/strict";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { newContent } from "@/lib/model/widget.ts";
import { labelOf, valueText } from "./labels.ts";

const { en } = ADMIN_LANGUAGES;

Deno.test("labelOf() names every field of a widget", () => {
  const paths = pathsOf(newContent("Contact", "en"));

  deepEqual(paths.filter((path) => labelOf(path, en) === path), []);
});

Deno.test("valueText() formats a value as the form does", () => {
  equal(valueText("appearance.position", "end", en), "Right");
  equal(valueText("sendPage", "true", en), "yes");
  equal(valueText("protection", "proofOfWork", en), "yes");
  equal(valueText("company.phone", "", en), "empty");
  equal(valueText("name", "end", en), "end");
});

function pathsOf(value: object, prefix = ""): string[] {
  return Object.entries(value).flatMap(([key, child]) =>
    typeof child === "object" && child !== null && !Array.isArray(child)
      ? pathsOf(child, `${prefix}${key}.`)
      : [prefix + key]
  );
}
