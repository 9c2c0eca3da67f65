import * as v from "valibot";
import { ContactMedia } from "./media.ts";

/** What is kept of one finished call or chat. No text, no SDP. Times in ms. */
export const ContactRecord = v.strictObject({
  id: v.string(),
  widget: v.string(),
  address: v.string(),
  media: ContactMedia,
  startedAt: v.number(),
  /** When the agent answered or joined; absent if that never happened. */
  answeredAt: v.exactOptional(v.number()),
  endedAt: v.number(),
  /** Why it ended: a Q.850 number, 16 is normal. */
  cause: v.number(),
  /** Contacts with the same one came from one visit: one tab of one browser,
   * without a longer break. It says nothing else. */
  visit: v.exactOptional(v.string()),
  /** Entries of a chat, both sides together. */
  messages: v.number(),
  /** Version of the consent text that the visitor had agreed to: the first 16
   * hex digits of its SHA-256. Absent if the widget asked for none. */
  consent: v.exactOptional(v.string()),
});
export type ContactRecord = v.InferOutput<typeof ContactRecord>;
