/** Where one's own picture is: also for agents, who see no others. */
export function ownPictureUrl(id: string): string {
  return `/api/account/picture/${id}`;
}
