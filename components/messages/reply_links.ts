import { phoneOf, replyKind } from "@/lib/base/reply_address.ts";

/** Mail programs and browsers cut longer addresses. */
const QUOTED_LENGTH_MAX = 1_500;

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
  const cut = [...text].slice(0, QUOTED_LENGTH_MAX).join("");
  const lines = (cut.length < text.length ? `${cut} …` : cut).split("\n")
    .map((line) => `> ${line}`);
  const body = ["", "", quoted, ...lines].join("\r\n");
  const to = encodeURIComponent(reply).replaceAll("%40", "@");
  const query = [["subject", subject], ["body", body]]
    .map(([name, value = ""]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  return { kind, href: `mailto:${to}?${query}` };
}
