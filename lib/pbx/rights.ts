/** The APIs that an administrator ticks on the App object, and their
 * purposes. */
export const RIGHTS = [
  {
    id: "PbxSignal",
    isMandatory: true,
    missing: 'Calls and chats do not work: tick "PbxSignal" on the App object',
  },
  {
    id: "PbxApi",
    isMandatory: true,
    missing:
      'The presence of agents is unknown, so all are offline: tick "PbxApi" on the App object',
  },
  {
    id: "PbxAdminApi",
    isMandatory: false,
    missing:
      'Users cannot be searched, groups, queues and Booleans are unknown; addresses can be typed: tick "Admin" on the App object',
  },
] as const;

export type Right = (typeof RIGHTS)[number]["id"];

/** Returns the missing rights, with the text for the administrator. */
export function missingRights(
  granted: readonly string[],
): { right: Right; isMandatory: boolean; text: string }[] {
  return RIGHTS.filter(({ id }) => !granted.includes(id))
    .map(({ id, isMandatory, missing }) => ({
      right: id,
      isMandatory,
      text: missing,
    }));
}
