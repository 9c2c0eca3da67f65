/** Returns the URL of one's own picture. Agents can use it too, but see no
 * other pictures. */
export function ownPictureUrl(id: string): string {
  return `/api/account/picture/${id}`;
}
