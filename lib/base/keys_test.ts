import { deepEqual } from "node:assert/strict";
import { isComposing } from "./keys.ts";

Deno.test("isComposing() recognizes a composition by its flag and by key code 229", () => {
  const keys = [
    { isComposing: false, keyCode: 13 },
    { isComposing: true, keyCode: 13 },
    { isComposing: false, keyCode: 229 },
    { isComposing: true, keyCode: 229 },
  ];

  const found = keys.map(isComposing);

  deepEqual(found, [false, true, true, true]);
});
