/** The place before what spreadsheet programs interpret as a formula: at the
 * beginning of a cell, and after what separates cells for a program that expects
 * semicolons or tabs, as in most of Europe. It sees no quotes around our cells,
 * so their lines are rows for it. */
const FORMULA = /(?<=^|[;\t\r\n])(?=[=+\-@\t\r])/g;
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
  const safe = text.replace(FORMULA, "'");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
