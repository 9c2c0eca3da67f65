import * as v from "valibot";
import { Author } from "./audit.ts";
import { Callback } from "./callback.ts";
import { WidgetUuid } from "./widget.ts";

/** Length of one note, and maximum number of notes. With the text, they fit
 * into one value of the store. */
export const NOTE_LENGTH_MAX = 500;
export const NOTES_MAX = 20;

/**
 * The reference number that the visitor gets: `7KQ4-2XHD`, without letters and
 * digits that look alike.
 */
export const InquiryNumber = v.pipe(
  v.string(),
  v.regex(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/, "must be like 7KQ4-2XHD"),
);
export type InquiryNumber = v.InferOutput<typeof InquiryNumber>;

/** A visitor's text as it arrived. */
export const InquiryContent = v.strictObject({
  /** The page's own id of the text, so that a repetition is recognized. */
  id: v.string(),
  widget: WidgetUuid,
  /** Address of the agent to whom the visitor wrote; "" for none. */
  address: v.string(),
  /** The visitor's name; may be empty. */
  name: v.string(),
  /** The visitor's e-mail address or telephone number. */
  reply: v.string(),
  text: v.string(),
  /** The language in which the visitor used the widget. */
  lang: v.string(),
  /** The visitor's page, if the widget shows it to agents. */
  page: v.exactOptional(v.strictObject({ url: v.string(), title: v.string() })),
  /** Version of the consent text that the visitor has agreed to. */
  consent: v.exactOptional(v.string()),
  /** Set if the visitor wants to be called; then `reply` is the number. */
  callback: v.exactOptional(Callback),
});
export type InquiryContent = v.InferOutput<typeof InquiryContent>;

export const InquiryState = v.picklist(["open", "done"]);
export type InquiryState = v.InferOutput<typeof InquiryState>;

export const InquiryNote = v.strictObject({
  /** Milliseconds since 1970. */
  at: v.number(),
  by: Author,
  text: v.string(),
});

/**
 * A text that a visitor has left because nobody could be reached: a _message_ on
 * the pages. Times are milliseconds since 1970.
 */
export const Inquiry = v.strictObject({
  number: InquiryNumber,
  ...InquiryContent.entries,
  at: v.number(),
  state: InquiryState,
  /** The account that takes care of it. For a callback that an agent has answered
   * on the PBX, the id is `pbx:` and the agent's address. */
  assignee: v.exactOptional(Author),
  notes: v.array(InquiryNote),
});
export type Inquiry = v.InferOutput<typeof Inquiry>;
