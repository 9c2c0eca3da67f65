import { parseUrl } from "@/lib/base/parse_url.ts";

/** A piece of a message: text, or the address of a page that may be opened. */
export type Piece = { type: "text" | "link"; text: string };

/** Finds web addresses in plain text. What follows a sentence is not in them. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>"]+/gi)) {
    const address = match[0].replace(/[.,;:!?)\]}'»”]+$/, "");
    if (!parseUrl(address)) continue;
    if (match.index > from) {
      found.push({ type: "text", text: text.slice(from, match.index) });
    }
    found.push({ type: "link", text: address });
    from = match.index + address.length;
  }
  if (from < text.length) found.push({ type: "text", text: text.slice(from) });
  return found;
}
