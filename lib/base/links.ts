import { parseUrl } from "./parse_url.ts";

/** A part of a plain text: words, or the address of a page. */
export type TextPart =
  | { type: "text"; text: string }
  | { type: "link"; text: string; href: string };

/**
 * An address with `http` or `https` up to the next space, angle bracket, quote,
 * CJK punctuation mark or invisible control of the text's direction. An address
 * cannot contain these; browsers percent-encode them.
 */
const ADDRESS =
  /\bhttps?:\/\/[^\s<>"`\u3001\u3002\u3008-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gi;
/** Marks that end a sentence or a quotation, and do not belong to the
 * address. */
const TAIL = new Set(".,;:!?'*’”“»«…");
const OPENED = new Map([[")", "("], ["]", "["], ["}", "{"]]);

/**
 * Splits a plain text into words and links to pages. Joining the parts gives
 * the text again; no part is HTML. Takes linear time, whatever the text
 * contains.
 */
export function findLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTail(match[0]);
    const href = parseUrl(address)?.href;
    if (href === undefined) continue;
    if (match.index > at) {
      parts.push({ type: "text", text: text.slice(at, match.index) });
    }
    parts.push({ type: "link", text: address, href });
    at = match.index + address.length;
  }
  if (at < text.length) parts.push({ type: "text", text: text.slice(at) });
  return parts;
}

/** Removes the end of the surrounding sentence from an address. A closing
 * bracket belongs to the address if it was opened there. */
function withoutTail(address: string): string {
  const open = new Map<string, number>();
  for (const [close, opening] of OPENED) {
    open.set(close, count(address, opening) - count(address, close));
  }
  let end = address.length;
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    const balance = open.get(last);
    if (balance !== undefined && balance < 0) open.set(last, balance + 1);
    else if (!TAIL.has(last)) break;
  }
  return address.slice(0, end);
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}
