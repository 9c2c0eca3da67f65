import type { Table } from "./bench.ts";

/** Formats a table as text, with figures aligned right. */
export function draw({ columns, rows }: Table): string {
  const cells = [columns, ...rows].map((row) => row.map(show));
  const widths = columns.map((_, at) =>
    Math.max(...cells.map((row) => row[at]?.length ?? 0))
  );
  return cells.map((row) =>
    row.map((cell, at) =>
      at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)
    ).join("  ")
  ).join("\n");
}

function show(cell: string | number): string {
  if (typeof cell === "string") return cell;
  return cell.toLocaleString("en", { maximumSignificantDigits: 3 });
}
