import * as v from "valibot";
import { Handover, OFFERS_MAX } from "./handover.ts";
import { ContactMedia } from "./media.ts";

/**
 * The stored record of one ended call or chat. No text, no SDP. Times in ms.
 */
export const ContactRecord = v.strictObject({
  id: v.string(),
  widget: v.string(),
  /** Address of the agent whom the visitor chose. */
  address: v.string(),
  media: ContactMedia,
  startedAt: v.number(),
  /** Time at which the agent answered or joined; absent if unanswered. */
  answeredAt: v.exactOptional(v.number()),
  /** Address of the agent who answered, if it is not `address`: the member of a
   * team. */
  agent: v.exactOptional(v.string()),
  endedAt: v.number(),
  /** The cause of the end: a Q.850 number, 16 is normal. */
  cause: v.number(),
  /** The same for all contacts of one visit: one tab of one browser, without a
   * longer break. It reveals nothing else. */
  visit: v.exactOptional(v.string()),
  /** Number of entries of a chat, both sides together. */
  messages: v.number(),
  /** Version of the consent text that the visitor has agreed to: the first 16
   * hex digits of its SHA-256. Absent if the widget asked for none. */
  consent: v.exactOptional(v.string()),
  /** In order; absent if the first agent kept it. */
  handovers: v.exactOptional(
    v.pipe(v.array(Handover), v.maxLength(OFFERS_MAX)),
  ),
});
export type ContactRecord = v.InferOutput<typeof ContactRecord>;
