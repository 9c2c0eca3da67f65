import { deepEqual, ok } from "node:assert/strict";

const ROOT = new URL("../../", import.meta.url);

Deno.test("SECURITY.md names only existing tests", async () => {
  const text = await Deno.readTextFile(new URL("SECURITY.md", ROOT));
  const named = [...text.matchAll(/`([\w/]+_test\.tsx?)`: "([^"]+)"/g)];
  const missing: string[] = [];
  for (const [, path = "", sentence = ""] of named) {
    const source = await Deno.readTextFile(new URL(path, ROOT))
      .catch(() => "");
    if (!source.includes(sentence)) missing.push(`${path}: ${sentence}`);
  }

  ok(named.length > 40, `${named.length} tests are named`);
  deepEqual(missing, []);
});

Deno.test("SECURITY.md names a test in every row", async () => {
  const text = await Deno.readTextFile(new URL("SECURITY.md", ROOT));
  const rows = text.split("\n")
    .filter((line) => /^\| (?!-)/.test(line) && !line.includes("| shown by"));

  deepEqual(rows.filter((row) => !row.includes("_test.ts")), []);
});
