/** Where an uploaded picture is, for signed-in administrators. */
export function pictureUrl(id: string): string {
  return `/api/pictures/${id}`;
}
