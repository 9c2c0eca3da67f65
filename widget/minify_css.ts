/** A style sheet without what only people need. For sheets of this house: it
 * knows comments and blanks, and no strings with several blanks in them. */
export function minifyCss(css: string): string {
  return css
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,>~]) ?/g, "$1")
    .replace(/(?<=[\s(,:-])0\./g, ".")
    .replace(/(?<=\() | (?=\))/g, "")
    .replace(/(?<==)"(\w+)"/g, "$1")
    .replace(/ (?=!)/g, "")
    .replace(/(?<=[{;][\w-]+): /g, ":")
    .replace(/;}/g, "}")
    .trim();
}
