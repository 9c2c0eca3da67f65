import { deepEqual, equal } from "node:assert/strict";
import { Reason } from "@/lib/protocol/admin/messages.ts";
import { ADMIN_LANGUAGES } from "./languages.ts";
import { problemText, reasonText } from "./refusal_text.ts";

/** Said of values that no form of ours can make. */
const NEVER_IN_A_FORM = [
  "must be a text",
  "must be a colour",
  "must be a language tag",
  "must name each way once",
  "must have 7 days",
  "must be hour, day, week or permanent",
  "must be like 7KQ4-2XHD",
  "must name each role once",
];

Deno.test("problemText() has a text for every problem the model reports", async () => {
  const unknown: string[] = [];
  for (const problem of await problemsOfTheModel()) {
    if (NEVER_IN_A_FORM.includes(problem)) continue;
    const text = problemText(problem, ADMIN_LANGUAGES.de);
    if (text === problem || text.includes("{")) unknown.push(problem);
  }

  deepEqual(unknown, []);
});

Deno.test("problemText() states the limit, and shows unknown problems unchanged", () => {
  const text = problemText(
    "must have at most 64 characters",
    ADMIN_LANGUAGES.de,
  );
  const strange = problemText("must be nice", ADMIN_LANGUAGES.de);

  equal(text, "Höchstens 64 Zeichen.");
  equal(strange, "must be nice");
});

Deno.test("reasonText() has its own text for each reason of the protocol", () => {
  for (const texts of Object.values(ADMIN_LANGUAGES)) {
    const own = Reason.options.map((reason) => reasonText(reason, texts));
    equal(new Set(own).size, Reason.options.length);
  }
});

/** Each message in the sources of lib/model, its numbers made up. */
async function problemsOfTheModel(): Promise<string[]> {
  const folder = new URL("../../model/", import.meta.url);
  const found: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    const source = await Deno.readTextFile(new URL(name, folder));
    const messages = source.matchAll(/["`](must [^"`]*)["`]/g);
    found.push(...[...messages].map(([, text = ""]) => text));
  }
  return found.map((text) => text.replace(/\$\{[^}]*\}/g, "7"));
}
