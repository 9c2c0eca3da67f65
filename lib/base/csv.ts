/** Spreadsheet programs interpret cells with such a beginning as a formula. */
const FORMULA = /^[=+\-@\t\r]/;
/** Tells spreadsheet programs that the file is UTF-8. */
export const BYTE_ORDER_MARK = "\uFEFF";

/** Formats rows as CSV (RFC 4180). No text becomes a formula; null is an empty
 * cell. */
export function csvRows(
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return rows.map((cells) => cells.map(cellOf).join(",") + "\r\n").join("");
}

function cellOf(value: string | number | null): string {
  if (value === null) return "";
  const text = String(value);
  if (typeof value === "number") return text;
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
