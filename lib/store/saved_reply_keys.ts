/** The keys of saved replies. */
export const savedReplyKey = {
  one: (owner: string | undefined, id: string) =>
    owner === undefined
      ? ["saved_reply", "shared", id]
      : ["saved_reply", "personal", owner, id],
  of: (owner: string | undefined) => ({
    prefix: owner === undefined
      ? ["saved_reply", "shared"]
      : ["saved_reply", "personal", owner],
  }),
  all: { prefix: ["saved_reply"] },
};
