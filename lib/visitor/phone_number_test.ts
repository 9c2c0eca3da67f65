import { deepEqual } from "node:assert/strict";
import { callableNumber } from "./phone_number.ts";

/** A number, the countries, and the result. */
type Row = [text: string, countries: string[], expected: string];

const TABLE: Row[] = [
  ["+49 7031 73009", [], "+49 7031 73009"],
  ["07031 73009", ["DE"], "+49 7031 73009"],
  ["0049 7031/73009-12", ["DE", "CH"], "+49 7031 7300912"],
  ["+49 (0) 7031 73009", ["CH", "DE"], "+49 7031 73009"],
  ["٠٧٠٣١٧٣٠٠٩", ["DE"], "+49 7031 73009"],
  ["+1 202 555 0143", ["US"], "+1 202 555 0143"],
  ["+41 44 668 18 00", ["DE", "CH"], "+41 44 668 18 00"],
  // Not a number, or not a whole one.
  ["call me", ["DE"], "wrong"],
  ["jonas@example.com", ["DE"], "wrong"],
  ["07031 73009", [], "wrong"], // Nobody knows the country.
  ["+49 1234", ["DE"], "wrong"],
  ["07031 73009 ext. 5", ["DE"], "wrong"],
  ["112", ["DE"], "wrong"],
  ["+1 234", [], "wrong"],
  ["", ["DE"], "wrong"],
  // Of another country.
  ["+41 44 668 18 00", ["DE"], "refused"],
  // Premium, shared cost, toll free, personal.
  ["0900 1234567", ["DE"], "refused"],
  ["+49 180 5123456", [], "refused"],
  ["+1 900 555 1234", [], "refused"],
  ["0800 1234567", ["DE"], "refused"],
  ["0700 12345678", ["DE"], "refused"],
  // Satellite phones and networks without a country.
  ["+870 773 123 456", [], "refused"],
  ["+881 6123 4567", [], "refused"],
  ["+883 5100 123 456", [], "refused"],
  // A country that does not exist.
  ["07031 73009", ["XX"], "wrong"],
];

Deno.test("[LEFT11] callableNumber() returns the number in international form if agents can call it", () => {
  for (const [text, countries, expected] of TABLE) {
    const number = callableNumber(text, countries);

    deepEqual(number.ok ? number.value : number.error, expected, text);
  }
});
