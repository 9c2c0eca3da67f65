import { deepEqual } from "node:assert/strict";
import { passwordStrength } from "./password_strength.ts";

Deno.test("passwordStrength() tells short, weak and long passwords apart", () => {
  const words = [
    "secret",
    "aaaaaaaaaaaaaaaa",
    "1234567890",
    "password12",
    "Sommer-2031!",
    "correct horse battery staple",
  ].map(passwordStrength);

  deepEqual(words, ["tooShort", "weak", "weak", "fair", "good", "strong"]);
});
