/** Returns the URL of a path below a folder; names may contain `#`, `?` and
 * `%`. */
export function fileUrl(path: string, folder: URL): URL {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  return new URL(encoded, folder);
}
