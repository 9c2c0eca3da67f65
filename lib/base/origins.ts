/** True if `text` is an origin as a browser writes it: scheme, host, port. */
export function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  // A URL's host may contain characters that would end the directive of a
  // policy.
  return url?.origin === text && /^https?:\/\/[A-Za-z0-9.:[\]_-]+$/.test(text);
}
