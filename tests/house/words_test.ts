import { deepEqual, ok } from "node:assert/strict";
import { files } from "@/tests/support/files.ts";

/** Words that nearly always read like a translation. */
const AVOIDED = /\b(?:shall|whoever|anew|(?:by|of) itself)\b/gi;
/** A docstring begins with a verb or a noun. */
const NO_NOUN = /\/\*\*\s+(?:\*\s+)?(?:Who|Whom|What|Whatever|Whether)\b/g;
const COMMENT = /\/\*[^]*?\*\/|(?<![:"'`])\/\/.*$/gm;
const TEST_NAME = /\b(?:Deno\.test|eachEngine|step)\(\s*(["`])(?:(?!\1).)*\1/g;

Deno.test("[H9] comments, test names and documents avoid the words of a translation", async () => {
  const found: string[] = [];
  let count = 0;
  for await (const { path, text } of files(/\.(tsx?|md)$/)) {
    count++;
    const parts = path.endsWith(".md")
      ? [text]
      : [...text.matchAll(COMMENT), ...text.matchAll(TEST_NAME)]
        .map(([part]) => part);
    for (const part of parts) {
      for (const pattern of [AVOIDED, NO_NOUN]) {
        found.push(...(part.match(pattern) ?? []).map((w) => `${path}: ${w}`));
      }
    }
  }

  ok(count > 1_000, `${count} files`);
  deepEqual(found, []);
});
