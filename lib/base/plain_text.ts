/**
 * Invisible characters that change how the text around them looks or where its
 * lines end: controls (C0, DEL, C1), line and paragraph separators, and
 * embeddings, overrides and isolates of direction. Arabic and Hebrew need none
 * of them, because browsers detect the direction of a text.
 */
// deno-lint-ignore no-control-regex
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;
/**
 * Characters without a visible shape, which could form an invisible name:
 * fillers, zero-width spaces, marks of annotations. Joiners stay,
 * because emoji and Persian need them.
 */
const SHAPELESS =
  /[\u115f\u1160\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0\ufff9-\ufffb]/g;
const VISIBLE = /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u;
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

/** Returns other people's text as one line: without hidden and shapeless
 * characters, trimmed, and empty if nothing in it is visible. Halves of
 * surrogate pairs are replaced, because many functions throw on them. */
export function oneLine(text: string): string {
  const line = text.toWellFormed().replace(LINE_ENDS, " ").replace(
    /[\n\t]/g,
    " ",
  )
    .replace(HIDDEN, "").replace(SHAPELESS, "").trim();
  return VISIBLE.test(line) ? line : "";
}

/** Returns other people's text without hidden characters, except line feeds and
 * tabs. Every line end becomes a line feed. Halves of surrogate pairs are
 * replaced. */
export function manyLines(text: string): string {
  return visibleLines(text.toWellFormed());
}

/** Does the same with the visitor's own text in the widget, but keeps halves of
 * surrogate pairs, because Chrome 109 has no function that replaces them. */
export function visibleLines(text: string): string {
  return text.replace(LINE_ENDS, "\n")
    .replace(
      HIDDEN,
      (hidden) => hidden === "\n" || hidden === "\t" ? hidden : "",
    );
}

/** Returns the text with hidden characters as escapes such as `\u202e`, for logs. */
export function escapeHidden(text: string): string {
  return text.replace(HIDDEN, (hidden) => {
    const code = hidden.charCodeAt(0).toString(16);
    return `\\u${code.padStart(4, "0")}`;
  });
}
