import { cut } from "@/lib/base/cut.ts";

/** Longer than any user-perceived character. */
const CHARACTER = 64;

/**
 * Splits a text into parts of at most `max` UTF-16 units, none of them empty.
 * Splits between lines, or between words, if the second half of a part has such
 * a place, and never within a character.
 */
export function textParts(text: string, max: number): string[] {
  const parts: string[] = [];
  let from = 0;
  while (text.length - from > max) {
    const first = cut(text.slice(from, from + max + CHARACTER), max);
    const end = from + placeIn(first, text[from + first.length]);
    parts.push(text.slice(from, end).trim());
    from = end;
    while (/\s/.test(text.charAt(from))) from++;
  }
  parts.push(text.slice(from).trim());
  return parts.filter((part) => part !== "");
}

/** Returns the best end of a part; `next` is the character after it. */
function placeIn(part: string, next = ""): number {
  if (next === "\n" || next === " ") return part.length;
  const least = part.length / 2;
  const line = part.lastIndexOf("\n");
  if (line >= least) return line;
  const word = part.lastIndexOf(" ");
  return word >= least ? word : part.length;
}
