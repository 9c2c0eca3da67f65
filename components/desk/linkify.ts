import { parseUrl } from "@/lib/base/parse_url.ts";

export type Part =
  | { type: "text"; text: string }
  | { type: "link"; text: string; href: string };

/** Web addresses in running text; nothing else becomes a link. */
const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/gi;
/** What ends a sentence is no part of the address. */
const TAIL = /[.,;:!?)\]}»”’]+$/;

/** Cuts a plain text into texts and links to http and https only. The parts
 * joined are the text again: nothing is lost, nothing becomes HTML. */
export function linkify(text: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const href = parseUrl(address)?.href;
    if (href === undefined || !/^https?:/.test(href)) continue;
    if (match.index > at) {
      parts.push({ type: "text", text: text.slice(at, match.index) });
    }
    parts.push({ type: "link", text: address, href });
    at = match.index + address.length;
  }
  if (at < text.length) parts.push({ type: "text", text: text.slice(at) });
  return parts;
}

/** A bracket that was opened in the address is closed in it. */
function trimmed(address: string): string {
  const tail = TAIL.exec(address)?.[0] ?? "";
  const keep = tail.startsWith(")") && address.includes("(") ? 1 : 0;
  return address.slice(0, address.length - tail.length + keep);
}
