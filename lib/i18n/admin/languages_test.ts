import { equal } from "node:assert/strict";
import { adminLanguage } from "./languages.ts";

Deno.test("adminLanguage() takes the choice, then the browser's best wish", () => {
  equal(adminLanguage("de", "en"), "de");
  equal(adminLanguage("xx", "fr, de-AT;q=0.8, en;q=0.9"), "en");
  equal(adminLanguage(undefined, "fr;q=1, de-CH;q=0.7, en;q=0"), "de");
  equal(adminLanguage(undefined, null), "en");
});
