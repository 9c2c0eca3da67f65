/** Whether `text` is an origin as a browser writes it: scheme, host, port. */
export function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  // What stands in a policy must not end it; a host of a URL may hold such signs.
  return url?.origin === text && /^https?:\/\/[A-Za-z0-9.:[\]_-]+$/.test(text);
}
