import { deepEqual } from "node:assert/strict";
import { bestLanguage } from "./best_language.ts";

Deno.test("bestLanguage() returns the first preferred language that exists", () => {
  const there = ["en", "de", "pt", "pt-BR"];
  const cases: [string[], string][] = [
    [["de"], "de"],
    [["de-AT"], "de"],
    [["PT-br"], "pt-BR"],
    [["pt-AO"], "pt"],
    [["xx", "de"], "de"],
    [["xx"], "en"],
    [[], "en"],
  ];

  const taken = cases.map(([preferences]) =>
    bestLanguage(preferences, there, "en")
  );

  deepEqual(taken, cases.map(([, expected]) => expected));
});
