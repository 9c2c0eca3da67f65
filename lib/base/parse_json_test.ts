import { deepEqual } from "node:assert/strict";
import { parseJson } from "./parse_json.ts";

Deno.test("parseJson() returns undefined for an invalid text only", () => {
  const texts = ['{"a":1}', "null", "", "{", "undefined"];

  const found = texts.map(parseJson);

  deepEqual(found, [{ a: 1 }, null, undefined, undefined, undefined]);
});
