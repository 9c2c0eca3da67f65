/**
 * Invisible characters that change how the text around them looks or where its
 * lines end: controls (C0, DEL, C1), line and paragraph separators, and
 * embeddings, overrides and isolates of direction. Arabic and Hebrew need none
 * of them, because browsers detect the direction of a text.
 */
// deno-lint-ignore no-control-regex
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

/** Returns other people's text as one line: without hidden characters,
 * trimmed. */
export function oneLine(text: string): string {
  return text.replace(LINE_ENDS, " ").replace(/[\n\t]/g, " ")
    .replace(HIDDEN, "").trim();
}

/** Returns other people's text without hidden characters, except line feeds and
 * tabs. Every line end becomes a line feed. */
export function manyLines(text: string): string {
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
