import { deepEqual, match } from "node:assert/strict";
import { ADMIN_LANGUAGES } from "./admin/languages.ts";
import { DESK_LANGUAGES } from "./desk/languages.ts";

for (const languages of [ADMIN_LANGUAGES, DESK_LANGUAGES]) {
  const name = languages === ADMIN_LANGUAGES ? "admin" : "desk";

  Deno.test(`every language of the ${name} has the same placeholders in the same texts`, () => {
    const english = valuesOf(languages.en);

    for (const texts of Object.values(languages)) {
      deepEqual(valuesOf(texts), english);
    }
  });
}

Deno.test("in German, the desk has one name, and one visitor waits as well as several", () => {
  const texts = JSON.stringify([ADMIN_LANGUAGES.de, DESK_LANGUAGES.de]);
  const { waiting } = DESK_LANGUAGES.de.status;

  deepEqual(texts.match(/\bDesk\b/g), null);
  match(waiting, /\{count\} wartend$/);
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
