const TOKEN_API = "/api/v1";

/** True below /api/v1, where programs sign in with a token and cookies mean
 * nothing. */
export function isTokenApi({ pathname }: Pick<URL, "pathname">): boolean {
  return pathname === TOKEN_API || pathname.startsWith(`${TOKEN_API}/`);
}
