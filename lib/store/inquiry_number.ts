/** Without 0, 1, I and O, which people confuse. */
const LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/** Creates a reference number of 40 random bits: `7KQ4-2XHD`. */
export function newInquiryNumber(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  const letters = [...bytes].map((byte) => LETTERS[byte % LETTERS.length])
    .join("");
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
