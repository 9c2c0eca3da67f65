import { deepEqual, equal } from "node:assert/strict";
import { csvRows } from "./csv.ts";

Deno.test("csvRows() quotes what separates cells and rows", () => {
  equal(
    csvRows([["a", 'b "c", d', null, -1.5], ["e\nf", "", "g;h", "i"]]),
    'a,"b ""c"", d",,-1.5\r\n"e\nf",,g;h,i\r\n',
  );
});

Deno.test("csvRows() lets no text become a formula, for programs that expect commas, semicolons or tabs", () => {
  const texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"];
  for (const formula of texts) {
    for (const before of ["", "a;", "a\t", "a\n", "a\r\n", ";;", 'a";']) {
      const csv = csvRows([["x", before + formula, "y"]]);

      const found = [",", ";", "\t"].flatMap((separator) =>
        cells(csv, separator).filter((cell) => /^\s*[=+\-@]/.test(cell))
      );
      deepEqual([before + formula, found], [before + formula, []]);
    }
  }
});

/** Splits as a program does that expects this separator: a quote counts only at
 * the beginning of a cell. */
function cells(csv: string, separator: string): string[] {
  const found: string[] = [];
  let rest = csv;
  while (rest !== "") {
    const [all = "", quoted, plain] =
      new RegExp(`^(?:"((?:[^"]|"")*)"|([^${separator}\\r\\n]*))`).exec(rest) ??
        [];
    found.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    rest = rest.slice(all.length + 1);
  }
  return found;
}
