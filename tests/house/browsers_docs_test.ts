import { deepEqual } from "node:assert/strict";
import { type Part, TARGETS, type Targets } from "@/tools/browser_targets.ts";

/** Every place that states versions, with the parts in the order of the text. */
const PLACES: [string, Part[]][] = [
  ["README.md", ["widget", "pages"]],
  ["docs/website.md", ["widget"]],
  ["docs/admin.md", ["pages"]],
  ["docs/agent.md", ["pages"]],
];

Deno.test("the docs state the browser versions that the build targets", async () => {
  for (const [file, parts] of PLACES) {
    const url = new URL(`../../${file}`, import.meta.url);
    const text = (await Deno.readTextFile(url)).replace(/\s+/g, " ");
    const versions = (name: RegExp) =>
      [...text.matchAll(name)].map(([, version = ""]) => version);
    const expected = (family: keyof Targets) =>
      parts.map((part) => TARGETS[part][family].replace(/\.0$/, ""));

    deepEqual(versions(/Safari (\d[\d.]*\d)/g), expected("safari"), file);
    deepEqual(
      versions(/Chrome (?:and Edge |or Edge )?(\d+)/g),
      expected("chrome"),
      file,
    );
    deepEqual(versions(/Firefox ESR (\d+)/g), expected("firefox"), file);
  }
});
