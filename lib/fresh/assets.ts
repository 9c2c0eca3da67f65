/** Hashes of the static files' contents, by path; from the latest build. */
let hashes: Readonly<Record<string, string>> = {};

/** The query parameter that binds a URL to one content. */
export const LOCK = "v";

export function setAssets(assets: Readonly<Record<string, string>>): void {
  hashes = assets;
}

/**
 * Returns the URL with a hash of the content, which browsers may cache for a
 * year. A path that is not a static file is returned unchanged.
 */
export function asset(path: string): string {
  const [file = "", hashPart] = split(path, "#");
  if (file.includes("?") || !Object.hasOwn(hashes, file)) return path;
  return `${file}?${LOCK}=${hashes[file]}${hashPart}`;
}

/** Splits a text into the part before the mark, and the rest with the mark. */
function split(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at)];
}
