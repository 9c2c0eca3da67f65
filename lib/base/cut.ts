/**
 * Returns the longest beginning of `text` that has at most `length` UTF-16 code
 * units (the unit of every limit on a string's length) and does not end inside
 * a user-perceived character, such as an emoji or a letter with its accents. If
 * the first such character alone is too long, or the browser cannot segment the
 * text (Firefox before 125), the cut is between two code points, so that the
 * result never ends in half a surrogate pair.
 */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  if ("Segmenter" in Intl) {
    const characters = new Intl.Segmenter(undefined).segment(text);
    const end = characters.containing(length)?.index ?? 0;
    if (end > 0) return text.slice(0, end);
  }
  const last = text.charCodeAt(length - 1);
  const isHalf = last >= 0xd800 && last < 0xdc00;
  return text.slice(0, isHalf ? length - 1 : length);
}
