/** Returns the URL of an uploaded picture for signed-in administrators. */
export function pictureUrl(id: string): string {
  return `/api/pictures/${id}`;
}
