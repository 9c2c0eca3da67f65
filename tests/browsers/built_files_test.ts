import { equal } from "node:assert/strict";
import { builtFiles } from "./built_files.ts";
import { problemsOf } from "./check.ts";

for (const part of ["widget", "pages"] as const) {
  Deno.test(`the built files of the ${part} use only features of the supported browsers`, async () => {
    const problems = problemsOf(part, await builtFiles(part));
    equal(problems.length, 0, problems.join("\n"));
  });
}
