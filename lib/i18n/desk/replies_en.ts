/** The texts about saved replies. */
export const replies = {
  button: "Saved replies",
  list: "Saved replies",
  /** Read aloud when the list changes. */
  found: { one: "{count} saved reply", other: "{count} saved replies" },
  loading: "Loading …",
  failed: "Saved replies could not be loaded. Type on to send your message.",
  none: "There are no saved replies yet.",
  noMatch: "No saved reply matches.",
  more: "Type on to find more.",
  manage: "Manage saved replies",
  personal: "Personal",
};
