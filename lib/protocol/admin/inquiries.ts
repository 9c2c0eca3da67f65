import * as v from "valibot";
import { Inquiry, InquiryState, NOTE_LENGTH_MAX } from "@/lib/model/inquiry.ts";
import { lines } from "@/lib/model/text.ts";
import { WidgetUuid } from "@/lib/model/widget.ts";
import { Revision } from "./messages.ts";

// The messages that visitors have left, on the admin's wire. Administrators
// see all of them. Other agents see those to them, those that they take care
// of, and those to no agent in particular from widgets with their card.
//
//   GET    /api/messages?…         InquiryQuery -> InquiryPage
//   DELETE /api/messages?…         DeleteInquiries -> InquiriesDeleted, for
//                                  administrators
//   GET    /api/messages/count     -> InquiryCount
//   GET    /api/messages/csv?…     InquiryQuery -> a file
//   GET    /api/messages/<number>  -> InquiryView
//   PUT    /api/messages/<number>  ChangeInquiry -> InquiryView | 409 conflict
//   DELETE /api/messages/<number>  -> 204, for administrators

export const SEARCH_LENGTH_MAX = 200;

/** `open` are all that are not done, `mine` those of them that the user takes
 * care of. */
export const INQUIRY_LISTS = ["open", "mine", "done"] as const;
export type InquiryListName = typeof INQUIRY_LISTS[number];

export const INQUIRY_KINDS = ["message", "callback"] as const;
export type InquiryKind = typeof INQUIRY_KINDS[number];

/** The filter, as a query. Absent or empty members mean all. */
export const InquiryQuery = v.object({
  list: v.optional(v.picklist(INQUIRY_LISTS), "open"),
  widget: v.exactOptional(WidgetUuid),
  kind: v.exactOptional(v.picklist(INQUIRY_KINDS)),
  /** Part of the number, name, address or text. */
  text: v.exactOptional(v.pipe(
    v.string(),
    v.maxLength(
      SEARCH_LENGTH_MAX,
      `must have at most ${SEARCH_LENGTH_MAX} characters`,
    ),
  )),
  /** The `next` of the page before. */
  after: v.exactOptional(v.string()),
});
export type InquiryQuery = v.InferOutput<typeof InquiryQuery>;

/** The messages of a filter that arrived until a time, so that none is deleted
 * that the administrator has not seen in the list. */
export const DeleteInquiries = v.object({
  ...v.omit(InquiryQuery, ["after"]).entries,
  /** Milliseconds since 1970. */
  until: v.pipe(
    v.string("must be a time"),
    v.regex(/^\d{1,15}$/, "must be a time"),
    v.transform(Number),
  ),
});
export type DeleteInquiries = v.InferOutput<typeof DeleteInquiries>;

/** `more`: the service deletes some at a time, and there may be others. */
export const InquiriesDeleted = v.object({
  deleted: v.number(),
  more: v.boolean(),
});
export type InquiriesDeleted = v.InferOutput<typeof InquiriesDeleted>;

const { id: _, ...shown } = Inquiry.entries;
export const InquiryView = v.object({ ...shown, revision: Revision });
export type InquiryView = v.InferOutput<typeof InquiryView>;

/** Newest first. */
export const InquiryPage = v.object({
  messages: v.array(InquiryView),
  /** Pass as `after` for the next page; absent on the last one. */
  next: v.exactOptional(v.string()),
});
export type InquiryPage = v.InferOutput<typeof InquiryPage>;

/** Numbers of messages that are not done; counting ends at COUNT_MAX. */
export const InquiryCount = v.object({ open: v.number(), mine: v.number() });
export type InquiryCount = v.InferOutput<typeof InquiryCount>;
export const COUNT_MAX = 100;

export const ChangeInquiry = v.strictObject({
  revision: Revision,
  state: v.exactOptional(InquiryState),
  /** The id of an account; null for nobody. */
  assignee: v.exactOptional(v.nullable(v.string())),
  /** A note to add. */
  note: v.exactOptional(
    v.pipe(lines(NOTE_LENGTH_MAX), v.minLength(1, "must not be empty")),
  ),
});
export type ChangeInquiry = v.InferOutput<typeof ChangeInquiry>;

/** An account that can take care of a message. */
export interface Colleague {
  id: string;
  name: string;
}

/** The filter in the page's address: strings, "" for all. */
export interface InquiryForm {
  list: InquiryListName;
  widget: string;
  kind: InquiryKind | "";
  text: string;
  after: string;
}
