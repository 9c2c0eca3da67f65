import { phoneOf, replyKind } from "@/lib/base/reply_address.ts";

/** Browsers on Windows ignore a click on a mailto link of more than 2,048
 * characters. */
const HREF_LENGTH_MAX = 2_000;

/** Returns the address of a link that replies to the visitor; undefined if their
 * address is neither for e-mail nor for calls. */
export function replyHref(
  { reply, text }: { reply: string; text: string },
  { subject, quoted }: {
    subject: string;
    /** The line above the quoted text. */
    quoted: string;
  },
): { kind: "email" | "phone"; href: string } | undefined {
  const kind = replyKind(reply);
  if (kind === undefined) return undefined;
  if (kind === "phone") {
    const number = phoneOf(reply).replace(/[^\d+]/g, "");
    return { kind, href: `tel:${number}` };
  }
  const to = encoded(reply).replaceAll("%40", "@");
  const head = `mailto:${to}?subject=${encoded(subject)}&body=`;
  const hrefOf = (part: string) => head + bodyOf(part, quoted);
  return { kind, href: longest(text, hrefOf) };
}

/** Returns the address with as much of the text as it can take. */
function longest(text: string, hrefOf: (part: string) => string): string {
  const whole = hrefOf(text);
  if (whole.length <= HREF_LENGTH_MAX) return whole;
  const characters = [...text];
  const withFirst = (count: number) =>
    hrefOf(`${characters.slice(0, count).join("")} …`);
  let [fits, tooMany] = [0, characters.length];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (withFirst(middle).length <= HREF_LENGTH_MAX) fits = middle;
    else tooMany = middle;
  }
  return withFirst(fits);
}

function bodyOf(text: string, quoted: string): string {
  const lines = text.split("\n").map((line) => `> ${line}`);
  return encoded(["", "", quoted, ...lines].join("\r\n"));
}

/** Texts that were stored earlier can have halves of surrogate pairs, on which
 * encodeURIComponent() throws. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
