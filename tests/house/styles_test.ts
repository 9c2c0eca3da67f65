import { deepEqual } from "node:assert/strict";
import { generate, parse } from "css-tree";
import { files } from "@/tests/support/files.ts";

const STATIC = new URL("../../static/", import.meta.url);

Deno.test("[H12] a style sheet has one rule for each selector, so two parts share no class by accident", async () => {
  const twice: string[] = [];
  const sheets = [
    ...await Array.fromAsync(files(/\.css$/)),
    ...await Array.fromAsync(files(/\.css$/, "", STATIC)),
  ];
  for (const { path, text } of sheets) {
    const sheet = parse(text);
    if (sheet.type !== "StyleSheet") continue;
    const known = new Set<string>();
    for (const rule of sheet.children) {
      if (rule.type !== "Rule") continue; // A media query may repeat a selector.
      const selector = generate(rule.prelude);
      if (known.has(selector)) twice.push(`${path}: ${selector}`);
      known.add(selector);
    }
  }
  deepEqual(twice, []);
});
