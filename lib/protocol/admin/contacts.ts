import * as v from "valibot";
import { ContactRecord } from "@/lib/model/contact_record.ts";
import { WidgetUuid } from "@/lib/model/widget.ts";

// The contacts page of the admin's wire:
//
//   GET    /api/contacts?…             ContactQuery -> ContactPage
//   GET    /api/contacts/<key>         -> ContactVisit; &download saves it as a file
//   DELETE /api/contacts/<key>         -> Deleted; ?visit: all of the same visit

export const ADDRESS_LENGTH_MAX = 200;

const Time = v.pipe(
  v.string(),
  v.regex(/^\d{1,15}$/, "must be milliseconds since 1970"),
  v.transform(Number),
);

/** The filter, as a query. Absent or empty members mean all. */
export const ContactQuery = v.object({
  /** Ended at or after `from`, and before `to`. */
  from: v.exactOptional(Time),
  to: v.exactOptional(Time),
  widget: v.exactOptional(WidgetUuid),
  /** Part of the agent's address or name. */
  agent: v.exactOptional(v.pipe(
    v.string(),
    v.maxLength(
      ADDRESS_LENGTH_MAX,
      `must have at most ${ADDRESS_LENGTH_MAX} characters`,
    ),
  )),
  media: v.exactOptional(ContactRecord.entries.media),
  /** The `next` of the page before. */
  after: v.exactOptional(v.string()),
});
export type ContactQuery = v.InferOutput<typeof ContactQuery>;

export const ContactView = v.object({
  ...ContactRecord.entries,
  /** Its position in the list, and its id in URLs. */
  key: v.string(),
});
export type ContactView = v.InferOutput<typeof ContactView>;

/** Newest first. */
export const ContactPage = v.object({
  contacts: v.array(ContactView),
  /** Pass as `after` for the next page; absent on the last one. */
  next: v.exactOptional(v.string()),
});
export type ContactPage = v.InferOutput<typeof ContactPage>;

/** All stored contacts of one visit, oldest first. */
export const ContactVisit = v.object({ contacts: v.array(ContactView) });
export type ContactVisit = v.InferOutput<typeof ContactVisit>;

export const Deleted = v.object({ keys: v.array(v.string()) });
export type Deleted = v.InferOutput<typeof Deleted>;

/** The filter in the page's address: strings, "" for all. */
export interface FilterForm {
  /** First and last day, as 2030-01-31. */
  from: string;
  to: string;
  widget: string;
  agent: string;
  media: string;
  /** The time zone of the days. */
  zone: string;
  after: string;
}
