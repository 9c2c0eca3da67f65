/** Returns a test for URLs at the path of a middleware or below it. */
export function pathMatcher(path: string): (url: URL) => boolean {
  const base = path.replace(/\/?\*?$/, "");
  if (base === "") return () => true;
  const pattern = new URLPattern({ pathname: `${base}{/*}?` });
  return ({ pathname }) => pattern.test({ pathname });
}

/**
 * Returns the pattern of a route file: `blog/[slug].tsx` becomes `/blog/:slug`.
 * Folders in parentheses group files and are not part of it.
 */
export function patternOf(file: string): string {
  const segments = file.replace(/\.[jt]sx?$/, "").split("/")
    .filter((name) => !/^\(.*\)$/.test(name));
  if (segments.at(-1) === "index") segments.pop();
  return segments.map(segmentOf).join("") || "/";
}

function segmentOf(name: string): string {
  const optional = /^\[\[(\w+)\]\]$/.exec(name);
  if (optional) return `{/:${optional[1]}}?`;
  const rest = /^\[\.\.\.(\w+)\]$/.exec(name);
  if (rest) return `/:${rest[1]}*`;
  const literal = name.replace(/[\\(){}*+?:]/g, "\\$&");
  return "/" + literal.replace(/\[(\w+)\]/g, ":$1");
}

/** Sorts files with fixed names before variable ones, and those before the
 * rest. */
export function bySpecificity(a: string, b: string): number {
  const left = a.split("/");
  const right = b.split("/");
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = rankOf(left[i]) - rankOf(right[i]);
    if (order !== 0) return order;
  }
  return a < b ? -1 : 1;
}

function rankOf(segment: string | undefined): number {
  if (segment === undefined) return 0;
  if (segment.endsWith("*")) return 4;
  if (segment.startsWith(":") && segment.endsWith("}?")) return 3;
  return segment.includes(":") ? 2 : 1;
}
