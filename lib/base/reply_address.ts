// The one field in which visitors say how they can be reached.

const EMAIL =
  /^[^\s@,;:<>()"\\[\]]+@[^\s@,;:<>()"\\[\]]+\.[^\s@,;:<>()"\\[\].]+$/;
const PHONE = /^\+?[0-9 ()/.-]+$/;
/** Fewer digits are an extension, which nobody outside can call. */
const DIGITS_MIN = 5;
/** Arabic-Indic digits, and those of Persian and Urdu. */
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** Returns the kind of address that the text is, as far as its form shows it;
 * undefined for anything else. */
export function replyKind(text: string): "email" | "phone" | undefined {
  if (EMAIL.test(text)) return "email";
  const number = phoneOf(text);
  const digits = number.replace(/\D/g, "").length;
  return PHONE.test(number) && digits >= DIGITS_MIN ? "phone" : undefined;
}

/** Returns a telephone number with the digits that devices dial. */
export function phoneOf(text: string): string {
  return text.normalize("NFKC").replace(
    OTHER_DIGITS,
    (digit) => String(digit.charCodeAt(0) & 15),
  );
}
