import { deepEqual } from "node:assert/strict";
import { DESK_LANGUAGES } from "./languages.ts";

Deno.test("every language of the desk has the same values in the same texts", () => {
  const english = valuesOf(DESK_LANGUAGES.en);

  for (const texts of Object.values(DESK_LANGUAGES)) {
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
