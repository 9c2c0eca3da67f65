import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";

/** Returns the texts of the two fields of a new password; `password` is the
 * label of the first. */
export function newPasswordTexts(
  access: AdminTexts["access"],
  password: string,
) {
  return {
    password,
    passwordHint: access.passwordHint,
    passwordAgain: access.passwordAgain,
    passwordsDiffer: access.passwordsDiffer,
    strength: access.strength,
    tooShort: access.tooShort,
    weak: access.weak,
    fair: access.fair,
    good: access.good,
    strong: access.strong,
  };
}
