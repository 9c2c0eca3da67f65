import {
  isSupportedCountry,
  type NumberType,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import { phoneOf } from "@/lib/base/reply_address.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";

/** Numbers that cost no more than a call to a person. The others are premium,
 * shared-cost, toll-free, pagers and voicemail. */
const CALLED: ReadonlySet<NumberType> = new Set<NumberType>([
  "FIXED_LINE",
  "MOBILE",
  "FIXED_LINE_OR_MOBILE",
  "VOIP",
]);

/**
 * Returns the number in international form, such as `+49 7031 73009`, if the
 * service's agents can call it. A number is `wrong` if it does not exist in its
 * country's numbering plan, as short numbers don't. It is `refused` if it is a
 * satellite phone or costs more than usual, or if its country is not among
 * `countries`. If there are none, all are allowed; the first one is the country
 * of a number without a country code.
 */
export function callableNumber(
  text: string,
  countries: readonly string[],
): Result<string, "wrong" | "refused"> {
  const [home] = countries.filter((code) => isSupportedCountry(code));
  const number = parsePhoneNumberFromString(phoneOf(text), {
    ...home !== undefined && { defaultCountry: home },
    extract: false,
  });
  // An extension has to be dialled after the call was answered.
  if (number === undefined || number.ext) return err("wrong");
  const { country } = number;
  // Satellite phones and other networks without a country.
  if (number.isNonGeographic()) return err("refused");
  if (country === undefined || !number.isValid()) return err("wrong");
  const isAllowed = countries.length === 0 || countries.includes(country);
  return isAllowed && CALLED.has(number.getType())
    ? ok(number.formatInternational())
    : err("refused");
}
