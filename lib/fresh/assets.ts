/** Path of a static file to the hash of its content; of the latest build. */
let hashes: Readonly<Record<string, string>> = {};

/** The query parameter that locks a URL to one content. */
export const LOCK = "v";

export function setAssets(assets: Readonly<Record<string, string>>): void {
  hashes = assets;
}

/**
 * The URL under which browsers may keep the file for a year: it names the
 * content. A path that is no static file comes back as it is.
 */
export function asset(path: string): string {
  const [file = "", hashPart] = split(path, "#");
  if (file.includes("?") || !Object.hasOwn(hashes, file)) return path;
  return `${file}?${LOCK}=${hashes[file]}${hashPart}`;
}

/** What stands before the mark, and the rest with the mark. */
function split(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at)];
}
