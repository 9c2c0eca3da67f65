import * as v from "valibot";
import { wholeNumber } from "./whole_number.ts";

/** Maximum number of minutes until an idle chat ends: a day. */
export const IDLE_MINUTES_MAX = 1_440;

const Minutes = wholeNumber(1, IDLE_MINUTES_MAX);

/** The end of chats in which nobody writes. */
export const IdleChats = v.pipe(
  v.strictObject({
    /** False if they stay open. */
    close: v.boolean(),
    /** Minutes after the last sign of activity until both sides are warned, and
     * until the chat ends. */
    warnMinutes: Minutes,
    endMinutes: Minutes,
  }),
  v.forward(
    v.check(
      ({ warnMinutes, endMinutes }) => endMinutes > warnMinutes,
      "must be later than the warning",
    ),
    ["endMinutes"],
  ),
);
export type IdleChats = v.InferOutput<typeof IdleChats>;

export const DEFAULT_IDLE_CHATS: IdleChats = {
  close: true,
  warnMinutes: 10,
  endMinutes: 15,
};
