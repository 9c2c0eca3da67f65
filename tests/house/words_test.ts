import { deepEqual, ok } from "node:assert/strict";
import { files } from "@/tests/support/files.ts";
import { roomOf } from "./rooms.ts";

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

const ADMIN = "lib/protocol/admin";
const VISITOR = "lib/protocol/visitor";
/** A released label of a metric keeps its name. */
const RELEASED = new Set(["lib/metrics/names.ts: door", "main.ts: door"]);
/** Words of replaced names, each of which meant several things. */
const REPLACED = new Set(["door", "ground", "house", "shelf", "wish"]);
/** The rooms in which a word of the glossary has its meaning, and may be part
 * of the name of a type or component. */
const MEANT_IN: Record<string, readonly string[]> = {
  host: ["lib/store"],
  line: [
    "components",
    "lib/admin",
    "lib/desk",
    "lib/pbx",
    "lib/program",
    "widget",
  ],
  link: ["components", "desk", "lib/pbx", ADMIN, "lib/ui", "routes"],
  seat: ["lib/contact", "lib/visitor", "lib/cluster", "lib/store"],
  session: ["lib/admin", "lib/store", "lib/web", VISITOR, "widget"],
  visit: ["components", ADMIN],
  workspace: ["lib/desk"],
};
const DECLARED =
  /^(?:export )?(?:abstract )?(?:class|enum|interface|type|function) ([A-Z]\w+)/gm;
const STRING = /"(?:[^"\\\n]|\\.)*"/g;

Deno.test("[H11] a word of the glossary is used in the rooms of its meaning, and replaced words are not used", async () => {
  const found: string[] = [];
  for await (const { path, text } of files(/\.tsx?$/)) {
    const code = text.replaceAll(COMMENT, "").replaceAll(STRING, '""');
    for (const [name] of code.matchAll(/[A-Za-z_]\w*/g)) {
      if (wordsOf(name).some((word) => REPLACED.has(word))) {
        found.push(`${path}: ${name}`);
      }
    }
    const room = roomOf(path)?.path ?? "";
    if (/^(?:tests|bench|tools)\b/.test(path)) continue;
    for (const [, name = ""] of code.matchAll(DECLARED)) {
      const strange = wordsOf(name).some((word) =>
        MEANT_IN[word]?.includes(room) === false
      );
      if (strange) found.push(`${path}: ${name}`);
    }
  }

  deepEqual(found.filter((one) => !RELEASED.has(one)), []);
});

/** Returns the words of a name in camel case: `PbxLinks` has `pbx`, `link`. */
function wordsOf(name: string): string[] {
  return [...name.matchAll(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g)]
    .map(([word]) => word.toLowerCase().replace(/(?<=sh)es$|s$/, ""));
}
