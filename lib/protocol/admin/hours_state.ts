import * as v from "valibot";

/** The state of opening hours at this moment. */
export const HoursStateView = v.object({
  open: v.boolean(),
  /** Time of the next change in milliseconds since 1970; absent if there is none
   * in sight. */
  changesAt: v.exactOptional(v.number()),
});
export type HoursStateView = v.InferOutput<typeof HoursStateView>;
