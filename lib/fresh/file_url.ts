/** A path below a folder as a URL: names may hold `#`, `?` and `%`. */
export function fileUrl(path: string, folder: URL): URL {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  return new URL(encoded, folder);
}
