import { PASSWORD_LENGTH_MIN } from "@/lib/model/account.ts";

export type Strength = "tooShort" | "weak" | "fair" | "good" | "strong";

/**
 * Estimates how hard a password is to guess, by its length, the variety of its
 * characters, and repeated or consecutive ones. This is advice, not a rule.
 */
export function passwordStrength(password: string): Strength {
  const signs = [...password];
  if (signs.length < PASSWORD_LENGTH_MIN) return "tooShort";
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u]
    .filter((kind) => kind.test(password)).length;
  const different = new Set(signs).size;
  const fresh = signs.filter((sign, at) => isNew(signs, at, sign)).length;
  const points = Math.min(2 * different, fresh) + 2 * kinds;
  if (points < 12) return "weak";
  if (points < 16) return "fair";
  return points < 21 ? "good" : "strong";
}

/** True unless the character repeats the previous one or continues a series
 * such as 1234. */
function isNew(signs: string[], at: number, sign: string): boolean {
  const step = (sign.codePointAt(0) ?? 0) -
    (signs[at - 1]?.codePointAt(0) ?? 0);
  return Math.abs(step) > 1;
}
